// What the page knows: one copy of the server's state, who listens to which part, and what this person looks at.

const listeners = new Map();

export const store = {
  state: null,
  view: null,
  selected: null,
  progress: null,
  offline: false,
  moved: new Map(),
  movedBy: -1,
  lookup: new Map(),
  /** How sure each epic's rank is, where something is uncertain. */
  sure: new Map(),
  sureRanks: "",
  sureTop: "",
  sureWords: "",
  keptWords: "",
  /** The newest revision that each cell and each figure is of: an answer may come after the news of a later one. */
  newest: new Map(),
  since: 0,
  /** Jobs that have ended: an answer that was under way meanwhile may still say that they run. */
  ended: new Set(),
};

/** Calls `act` whenever the topic is told; returns how to stop. */
export function on(topic, act) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(act);
  return () => listeners.get(topic).delete(act);
}

/** Tells a topic to whoever listens. */
export function tell(topic, detail) {
  for (const act of [...(listeners.get(topic) ?? [])]) act(detail);
}

/** Takes in a whole state. */
export function takeState(state) {
  store.state = state;
  store.newest.clear();
  store.since = state.revision;
  if (state.job && store.ended.has(state.job.id)) state.job = null;
  store.lookup = new Map(state.epics.map((epic) => [epic.id, epic]));
  store.decisions = new Map((state.plan?.epics ?? []).map((line) => [line.id, line]));
  tell("state", state);
}

/** Takes in another plan. */
export function takePlan(plan) {
  store.state.plan = plan;
  store.decisions = new Map((plan?.epics ?? []).map((line) => [line.id, line]));
  tell("planned", plan);
}

/** For how long an epic has been in progress, in words; nothing where its history does not say. */
export const ageOf = ({ id }) => store.state.plan?.ages?.[id] ?? "";

/** Takes in what an edit changed: cells, ranks, the revision. */
export function takeEdits({ revision, edits = [], ranking = [], unsaved, findings, by }) {
  const { state } = store;
  if (revision !== undefined) state.revision = Math.max(state.revision, revision);
  if (unsaved !== undefined) state.unsaved = unsaved;
  if (findings !== undefined) state.findings = findings;
  for (const { at, to } of edits) if (isNews(at.join("\n"), revision)) setCell(at, to, true);
  const news = revision === undefined || revision > store.movedBy;
  if (news) {
    store.moved.clear();
    store.movedBy = revision ?? store.movedBy;
  }
  const touched = new Set(edits.filter(({ at }) => at[0] === "epics").map(({ at }) => at[1]));
  for (const row of ranking) {
    const epic = store.lookup.get(row.id);
    if (!epic) continue;
    if (news && epic.rank && row.rank && epic.rank !== row.rank) store.moved.set(row.id, epic.rank - row.rank);
    for (const [name, value] of Object.entries(row)) if (isNews(`${row.id}\n${name}`, revision)) epic[name] = value;
    touched.add(row.id);
  }
  tell("edited", { edits, touched, by });
}

/** Whether what a revision says of something is not older than what is known of it. */
function isNews(what, revision) {
  if (revision === undefined) return true;
  if (revision < (store.newest.get(what) ?? store.since)) return false;
  store.newest.set(what, revision);
  return true;
}

/** The record that a cell belongs to. */
export function recordAt([kind, id]) {
  const { state } = store;
  if (kind === "epics") return store.lookup.get(id);
  if (kind === "settings") return state.settings;
  return state[kind]?.find((record) => (record.id ?? record.name) === id);
}

/** What a cell holds. */
export function valueAt(at) {
  const record = recordAt(at);
  if (!record) return undefined;
  if (at[0] === "settings") return record[at[1]];
  if (at.length === 4) return record[at[2]]?.[slotOf(at)];
  return record[at[2]];
}

/** Sets a cell of this copy. */
export function setCell(at, to, edited) {
  const record = recordAt(at);
  if (!record) return;
  if (at[0] === "settings") record[at[1]] = to;
  else if (at.length === 4) {
    if (Array.isArray(record[at[2]])) record[at[2]][slotOf(at)] = to;
    else record[at[2]] = { ...record[at[2]], [at[3]]: to };
  } else record[at[2]] = to;
  const name = at[0] === "settings" ? at[1] : at.slice(2).join("/");
  if (edited && Array.isArray(record.edited) && !record.edited.includes(name)) record.edited.push(name);
}

/** Whether the plan has an epic: it starts, goes on, or goes on later. */
export const isIn = (line) => Boolean(line?.start);

/** Whether this person may score, or decide. */
export function may(role) {
  const order = ["look", "score", "decide"];
  return order.indexOf(store.state?.you?.role ?? "look") >= order.indexOf(role) && !store.offline;
}

/** A cell in words: `RB-305, Job size`. */
export function cellName(at) {
  if (at[0] === "settings") return heading(at[1]);
  const field = at[0] === "epics" ? store.state.fields.find(({ name }) => name === at[2]) : null;
  return [at[1], at[2] === "criteria" ? null : field?.heading ?? heading(at[2]), at[3]].filter(Boolean).join(", ");
}

/** A field's name as a heading. */
export function heading(name) {
  const words = String(name ?? "").replaceAll("_", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1).replace(/\bwip\b/i, "WIP").replace(/\bid\b/, "ID");
}

function slotOf(at) {
  const record = recordAt(at)[at[2]];
  return Array.isArray(record) ? store.state.portfolio.periods.indexOf(at[3]) : at[3];
}
