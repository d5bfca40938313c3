// What-ifs: a change is planned beside the shown plan for two seconds, then kept, made so or dropped.

import { post } from "./api.js";
import { button, h, icon } from "./dom.js";
import { dialog, labelled } from "./dialog.js";
import { edit } from "./edits.js";
import { claim, counted, short } from "./format.js";
import { run, stop } from "./jobs.js";
import { complain, note } from "./notes.js";
import { closePanel, gain, openPanel, shows } from "./panel.js";
import { heading, may, store, tell } from "./store.js";

const SECONDS = 2;
const LONGER = 20;

/** Tries changes: sentences such as `lock EP-3`, or cells `{at, to}`. */
export async function tryIt(changes, label, seconds = SECONDS) {
  const key = `whatif:${Math.random()}`;
  const entry = { changes, label, key, progress: {} };
  const draw = (content, busy) => openPanel("What if", [h("section", {}, h("p", { class: "strong" }, label)), h("section", { "aria-busy": String(Boolean(busy)) }, content)], { key });
  draw(waiting(entry), true);
  try {
    const { id, done } = await run({ kind: "what if", seconds, changes }, (progress) => { entry.progress = progress; if (shows(key) && entry.count) entry.count.textContent = progressWords(progress); });
    entry.job = id;
    if (shows(key)) draw(waiting(entry), true);
    const ended = await done;
    if (!shows(key)) return;
    if (ended.state === "failed") return draw([h("p", {}, ended.message), h("p", { class: "soft" }, ended.fix)]);
    if (!ended.result) return draw(h("p", {}, "It was stopped before a plan was found."));
    draw(resultOf(ended.result, entry));
  } catch (error) {
    if (shows(key)) draw([h("p", {}, error.message), h("p", { class: "soft" }, error.fix)]);
  }
}

/** Asks for a change in words. */
export function askWhatIf() {
  const field = h("textarea", { rows: 3, class: "wide", "aria-describedby": "whatif-examples", placeholder: "lock EP-3" });
  const example = (text) => button(text, () => { field.value = [field.value.trim(), text].filter(Boolean).join("\n"); field.focus(); }, { class: "link" });
  const first = store.state.epics[0]?.id ?? "EP-1";
  const stream = store.state.value_streams[0]?.id ?? "Web";
  const rail = store.state.guardrails[0]?.name;
  dialog("What if", [
    labelled("One change on each line", field),
    h("div", { id: "whatif-examples", class: "stack" }, h("span", { class: "soft small" }, "For example"), example(`lock ${first}`), example(`ban ${first}`), example(`scale capacity of ${stream} by 120%`), rail && example(`relax ${rail}`)),
  ], [{ text: "Cancel" }, { text: "Try it", main: true, act: () => {
    const lines = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!lines.length) return false;
    tryIt(lines, lines.join("; "));
    return undefined;
  } }]);
}

function waiting(entry) {
  entry.count = h("span", { class: "grow" }, progressWords(entry.progress));
  return h("div", { class: "row" }, h("span", { class: "spinner" }), entry.count, entry.job && button("Stop", () => stop(entry.job)));
}

function progressWords({ value, gap } = {}) {
  return value === null || value === undefined ? "Planning it beside the shown plan\u2026" : `${short(value, store.state.portfolio.unit)}, ${claim({ claim: "best found", gap })}`;
}

function resultOf(result, entry) {
  const { portfolio, plan } = store.state;
  const { outcome, difference: view } = result;
  const tools = toolsOf(result, entry);
  if (outcome.value === null || outcome.value === undefined) return [h("p", {}, icon("error"), " ", result.headline ?? claim(outcome)), tools];
  const worth = outcome.value - (plan?.outcome?.value ?? 0);
  const by = (change) => (view?.epics ?? []).filter((line) => line.change === change);
  return [
    h("p", { class: "figure-line", "data-whatif": "value" }, gain(worth, portfolio.unit), h("span", { class: "soft" }, ` to ${short(outcome.value, portfolio.unit)}, ${claim(outcome)}`)),
    ...(view?.missing ? [] : (view?.sentences ?? []).map((sentence) => h("p", { class: "soft small" }, sentence))),
    group("in", by("started"), "good"), group("out", by("dropped"), "warn"), group("moved", by("moved"), "accent"),
    view?.guardrails?.length > 0 && h("div", {}, h("h3", {}, "Guardrails"), h("ul", { class: "short-list" }, view.guardrails.slice(0, 8).map((row) => h("li", {}, [row.name, row.where].filter(Boolean).join(", "), h("span", { class: "soft" }, ` ${row.before} \u2192 ${row.after}`))))),
    tools,
  ];
}

function group(word, lines, kind) {
  if (!lines.length) return null;
  return h("div", {}, h("h3", {}, `${counted(lines.length, store.state.words.epic)} ${word}`), h("ul", { class: "short-list" }, lines.slice(0, 12).map((line) => h("li", {},
    h("span", { class: `chip ${kind}` }, line.happens), " ", line.label, h("span", { class: "soft" }, ` ${line.before} \u2192 ${line.after}, ${line.gain_words}`))), lines.length > 12 && h("li", { class: "soft" }, `and ${lines.length - 12} more`)));
}

function toolsOf(result, entry) {
  const sentences = entry.changes.map((change) => (typeof change === "string" ? change : sentence(change)));
  return h("div", { class: "row" },
    result.edits?.length ? button("Make it so", () => makeItSo(result.edits), { class: "main", disabled: !may("score"), "data-act": "make-it-so" }) : null,
    button("Keep as scenario", () => keep(sentences, entry.label), { disabled: !may("score") }),
    button("Look longer", () => tryIt(entry.changes, entry.label, LONGER), { disabled: !may("score") }),
    button("Drop", closePanel, { class: "quiet" }));
}

/** A cell in the words of a scenario: `set job size of EP-3 to 5`. */
function sentence({ at, to }) {
  const field = store.state.fields.find(({ name }) => name === at[2]);
  const name = at[0] === "settings" ? heading(at[1]) : at[2] === "criteria" ? at[3] : field?.heading ?? heading(at[2]);
  const where = at[0] === "settings" ? "" : ` of ${at[1]}`;
  const inside = at.length === 4 && at[2] !== "criteria" ? ` in ${at[3]}` : "";
  const value = to === null ? null : to === true ? "yes" : to === false ? "no" : to;
  return value === null ? `relax ${name}${where}${inside}` : `set ${name}${where}${inside} to ${value}`;
}

async function makeItSo(edits) {
  const answer = await edit(edits);
  if (!answer) return;
  note(`Made so: ${edits.length === 1 ? "1 cell" : `${edits.length} cells`} changed. The plan follows.`);
  closePanel();
  tell("do", "plan");
}

function keep(sentences, label) {
  const name = h("input", { value: String(label).slice(0, 60), autofocus: true, maxlength: 100 });
  dialog("Keep as scenario", [labelled("Name", name, "It goes to the sheet Scenarios with the next save.")], [{ text: "Cancel" }, { text: "Keep", main: true, act: async () => {
    if (!name.value.trim()) return false;
    try {
      await post("/api/scenarios", { name: name.value.trim(), changes: sentences });
      note(`Kept as \u201c${name.value.trim()}\u201d.`);
    } catch (error) {
      complain(error);
      return false;
    }
    return undefined;
  } }]);
}
