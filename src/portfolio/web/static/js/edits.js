// Edits go out one request at a time, in order; what could not be sent is kept and sent again, and the same request twice is one.

import { Unreachable, post } from "./api.js";
import { button, h } from "./dom.js";
import { dialog } from "./dialog.js";
import { clock, figure } from "./format.js";
import { complain, note } from "./notes.js";
import { cellName, may, setCell, store, takeEdits, tell, valueAt } from "./store.js";

const queue = [];
let sending = false;

/** Sends cells `{at, to}`; they are shown at once and taken back where the server refuses them. */
export function edit(cells, { path = "/api/edits", more = {} } = {}) {
  const changed = cells.filter(({ at, to }) => !same(valueAt(at), to));
  if (!changed.length) return Promise.resolve(null);
  if (!may("score") && !store.offline) {
    note("This link may look only; ask the facilitator for one that may score.", { bad: true });
    return Promise.resolve(null);
  }
  const was = changed.map(({ at }) => ({ at, to: valueAt(at) }));
  for (const { at, to } of changed) setCell(at, to, true);
  tell("edited", { edits: changed, touched: idsOf(changed), mine: true });
  return new Promise((resolve) => {
    queue.push({ path, cells: changed, was, resolve, request: newName(), body: { ...more, seen: store.state.revision } });
    remember();
    send();
  });
}

/** Takes my last edit back, if its cells still hold it. */
export async function undo() {
  if (!may("score")) return;
  try {
    const answer = await post("/api/undo", { seen: store.state.revision, request: newName() });
    settle(answer, answer.taken ?? []);
    note(answer.message ?? "Your last edit is taken back.");
  } catch (error) {
    if (error.body?.conflicts?.length) return showConflicts(error.body.conflicts, []);
    complain(error);
  }
}

/** Sends again what is waiting, when the connection is back. */
export function resend() {
  send();
}

/** How many requests wait for an answer. */
export const waitingEdits = () => queue.reduce((sum, item) => sum + item.cells.length, 0);

async function send() {
  if (sending || !queue.length) return;
  sending = true;
  const item = queue[0];
  try {
    const answer = await post(item.path, { ...item.body, request: item.request, edits: item.cells });
    queue.shift();
    remember();
    answered(item, answer);
  } catch (error) {
    if (error instanceof Unreachable || error.status === 503) {
      sending = false;
      tell("unreachable");
      return;
    }
    queue.shift();
    remember();
    if (error.body?.conflicts?.length || error.body?.refused?.length) answered(item, error.body);
    else {
      putBack(item.was);
      complain(error);
      item.resolve(null);
    }
  }
  sending = false;
  send();
}

function answered(item, answer) {
  const key = (at) => JSON.stringify(at);
  const failed = new Set([...(answer.conflicts ?? []), ...(answer.refused ?? [])].map(({ at }) => key(at)));
  putBack(item.was.filter(({ at }) => failed.has(key(at))));
  settle(answer, item.cells.filter(({ at }) => !failed.has(key(at))));
  if (answer.refused?.length) {
    const [first] = answer.refused;
    const others = answer.refused.length - 1;
    note(`${cellName(first.at)}: ${first.message}${others ? ` (and ${others} more)` : ""}`, { bad: true, detail: first.fix });
  }
  if (answer.conflicts?.length) showConflicts(answer.conflicts, item.cells);
  for (const notice of answer.notes ?? []) note(notice);
  item.resolve(answer);
}

function settle(answer, taken) {
  const cells = taken.map((cell) => (Array.isArray(cell) ? null : cell)).filter((cell) => cell?.at);
  takeEdits({ revision: answer.revision, edits: cells.filter((cell) => "to" in cell), ranking: answer.ranking, unsaved: answer.unsaved, findings: answer.findings, by: "me" });
}

function putBack(cells) {
  for (const { at, to } of cells) setCell(at, to, false);
  if (cells.length) tell("edited", { edits: cells, touched: idsOf(cells), mine: true });
}

/** Cells that somebody else changed since: theirs stand, mine can be set in their place. */
function showConflicts(conflicts, mine) {
  for (const { at, value } of conflicts) setCell(at, value, true);
  tell("edited", { edits: conflicts.map(({ at, value }) => ({ at, to: value })), touched: idsOf(conflicts), mine: true });
  const wanted = (at) => mine.find((cell) => JSON.stringify(cell.at) === JSON.stringify(at))?.to;
  const boxes = conflicts.map(({ at }) => h("input", { type: "checkbox", "aria-label": `Set ${cellName(at)} to mine` }));
  dialog("Somebody else changed this meanwhile", [
    h("p", {}, "Their value stands. Tick what you want to set in its place."),
    h("div", { class: "scroll-x" }, h("table", { class: "plain" },
      h("thead", {}, h("tr", {}, h("th", {}, "Cell"), h("th", {}, "Who"), h("th", { class: "number" }, "Theirs"), h("th", { class: "number" }, "Mine"), h("th", {}, "Set mine"))),
      h("tbody", {}, conflicts.map(({ at, by, when, value }, place) => h("tr", {}, h("th", { scope: "row" }, cellName(at)), h("td", {}, `${by ?? "somebody"}, ${clock(when)}`),
        h("td", { class: "number" }, shown(value)), h("td", { class: "number" }, shown(wanted(at))), h("td", {}, boxes[place])))))),
  ], [
    { text: "Keep theirs" },
    { text: "Set mine where ticked", main: true, act: () => { edit(conflicts.filter((_, place) => boxes[place].checked).map(({ at }) => ({ at, to: wanted(at) }))); } },
  ]);
}

/** A value in a sentence: a blank is a blank. */
export function shown(value) {
  if (value === null || value === undefined || value === "") return "blank";
  if (value === true || value === false) return value ? "yes" : "no";
  return figure(value);
}

/** A name for a request that no other has. */
export function newName() {
  return [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join("");
}

const idsOf = (cells) => new Set(cells.filter(({ at }) => at[0] === "epics").map(({ at }) => at[1]));
const same = (one, other) => (one ?? null) === (other ?? null) || (one ?? "") === (other ?? "");

function remember() {
  const kept = queue.map(({ path, cells, request, body, was }) => ({ path, cells, request, body, was }));
  try {
    if (kept.length) sessionStorage.setItem("waiting-edits", JSON.stringify(kept));
    else sessionStorage.removeItem("waiting-edits");
  } catch { /* a browser without storage keeps them in memory alone */ }
}

/** Takes up what this tab had typed and not sent before it was loaded again. */
export function recall() {
  try {
    for (const item of JSON.parse(sessionStorage.getItem("waiting-edits") ?? "[]")) queue.push({ ...item, resolve: () => {} });
  } catch { /* nothing was kept */ }
  send();
}

/** The button that takes my last edit back. */
export function undoButton() {
  return button("", undo, { icon: "undo", class: "quiet square", "aria-label": "Undo my last edit", title: "Undo my last edit (Ctrl+Z)" });
}
