// The panel beside a view: one epic with its reason and what would let it in, a what-if, a rule's price, what is wrong.

import { addressOf, effortFields, held, isComputed, isEdited, isOpen, textOf } from "./cells.js";
import { INVISIBLE, button, fill, h, icon } from "./dom.js";
import { edit } from "./edits.js";
import { figure, short, signed } from "./format.js";
import { run, stop } from "./jobs.js";
import { complain } from "./notes.js";
import { readCell } from "./numbers.js";
import { note } from "./notes.js";
import { ageOf, isIn, may, on, store, tell } from "./store.js";
import { tryIt } from "./whatif.js";

const explained = new Map();
let showing = null;

/** Opens the panel with a heading and content; `again` draws it anew when the state changes. */
export function openPanel(title, content, { again, key, focus = true } = {}) {
  const panel = document.getElementById("panel");
  showing = { again, key };
  fill(panel, h("div", { class: "panel-head" }, h("h2", { tabindex: "-1" }, title), button("", closePanel, { class: "quiet square", icon: "close", "aria-label": "Close the panel" })), content);
  const opened = panel.hidden;
  panel.hidden = false;
  document.getElementById("stage").classList.add("with-panel");
  if (opened) tell("resized");
  if (focus && opened && matchMedia("(max-width: 900px)").matches) panel.querySelector("h2").focus();
}

/** Closes the panel; the view gets its room back. */
export function closePanel() {
  const panel = document.getElementById("panel");
  if (panel.hidden) return false;
  panel.hidden = true;
  fill(panel);
  showing = null;
  document.getElementById("stage").classList.remove("with-panel");
  store.selected = null;
  tell("selected");
  tell("resized");
  document.querySelector("#view .grid, #view [data-keep-focus]")?.focus({ preventScroll: true });
  return true;
}

/** Whether the panel shows this. */
export const shows = (key) => showing?.key === key;

/** Opens an epic: where it stands, why, what would change that, and its figures. */
export function openEpic(id, { ask = false } = {}) {
  const epic = store.lookup.get(id) ?? store.state.epics.find((one) => asDrawn(one.id) === id);
  if (!epic) return;
  if (epic.id !== id) return openEpic(epic.id, { ask });
  store.selected = id;
  tell("selected");
  openPanel(`${id} ${epic.title ?? ""}`, epicContent(epic), { key: `epic:${id}`, again: () => redraw(id) });
  if (ask) explain(id);
  return undefined;
}

/** An ID as a drawing has it, where characters that nobody sees are spelled out. */
const asDrawn = (id) => id.replace(/[^\x20-\x7e]/g, (sign) => (INVISIBLE.test(sign) ? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}` : sign));

/** Asks why an epic waits or starts, and what would change it. */
export async function explain(id) {
  const known = explained.get(id);
  if (known?.running) return;
  const entry = { running: true, revision: store.state.revision };
  explained.set(id, entry);
  redraw(id);
  try {
    const { id: job, done } = await run({ kind: "explain", epic: id }, (progress) => { entry.progress = progress; });
    entry.job = job;
    const ended = await done;
    Object.assign(entry, { running: false, result: ended.result, message: ended.message, fix: ended.fix });
  } catch (error) {
    Object.assign(entry, { running: false, message: error.message, fix: error.fix });
  }
  redraw(id);
}

function redraw(id) {
  if (!shows(`epic:${id}`)) return;
  const panel = document.getElementById("panel");
  if (panel.contains(document.activeElement) && document.activeElement.matches("input, select")) return;
  const top = panel.scrollTop;
  const epic = store.lookup.get(id);
  if (!epic) return closePanel();
  openPanel(`${id} ${epic.title ?? ""}`, epicContent(epic), { key: `epic:${id}`, again: () => redraw(id), focus: false });
  panel.scrollTop = top;
}

function epicContent(epic) {
  const line = store.decisions.get(epic.id);
  return [decisionPart(epic, line), waysPart(epic, line), figuresPart(epic)];
}

function decisionPart(epic, line) {
  const { words, score, portfolio } = store.state;
  const starts = isIn(line);
  const chip = !epic.rank ? h("span", { class: "chip warn" }, icon("warn"), "not scored") : !line ? null
    : h("span", { class: `chip ${starts ? "good" : ""}` }, starts ? icon("good") : null, ({ continue: "goes on", pause: "pauses", stop: "stops" })[line.decision] ?? (starts ? words.start?.one ?? "starts" : "waits"));
  return h("section", {},
    h("div", { class: "row" }, chip, epic.rank && h("span", { class: "chip accent" }, `rank ${figure(epic.rank)}`), typeof epic[score.key ?? "wsjf"] === "number" && h("span", { class: "chip" }, `${score.heading} ${figure(epic[score.key ?? "wsjf"])}`),
      line?.start && h("span", { class: "chip" }, line.start === line.finish ? line.start : `${line.start} \u2013 ${line.finish}`)),
    line?.reason && h("p", {}, line.reason),
    h("dl", { class: "facts" }, ageOf(epic) && [h("dt", {}, "In progress for"), h("dd", {}, ageOf(epic))], sureFacts(epic.id), starts && [h("dt", {}, "Value"), h("dd", {}, short(line.value, portfolio.unit))], starts && line.spend > 0 && [h("dt", {}, "Spend"), h("dd", {}, short(line.spend, portfolio.currency ?? ""))]),
    line && h("div", { class: "row" }, button(starts ? "Why is it in?" : "What would let it in?", () => explain(epic.id), { disabled: !may("score"), class: "main", "data-act": "explain" }),
      button(starts ? "Take it out" : "Force it in", () => tryIt([starts ? `ban ${epic.id}` : `lock ${epic.id}`], `${starts ? "Without" : "With"} ${epic.id}`), { disabled: !may("score"), "data-act": "force" })));
}

/** How sure its rank, its funding and its date are, where that is known; each tooltip says in which futures. */
function sureFacts(id) {
  const row = store.sure.get(id) ?? {};
  const facts = [[store.sureRanks, row.ranks, store.sureWords], [store.sureTop, row.funded, store.sureWords], ["Date kept", row.kept, store.keptWords]].filter(([, words]) => words);
  return facts.map(([head, words, hint]) => [h("dt", {}, head), h("dd", { title: hint }, words)]);
}

function waysPart(epic, line) {
  const entry = explained.get(epic.id);
  if (!entry) return null;
  if (entry.running) {
    return h("section", { "aria-busy": "true" }, h("div", { class: "row" }, h("span", { class: "spinner" }), h("span", { class: "grow" }, "Looking for the smallest change\u2026"), entry.job && button("Stop", () => stop(entry.job))));
  }
  if (entry.message) return h("section", {}, h("p", {}, entry.message), h("p", { class: "soft" }, entry.fix));
  const { sentences = [], ways = [] } = entry.result ?? {};
  const said = new Set([line?.reason, ...ways.map((way) => way.words)]);
  const old = entry.revision !== store.state.revision;
  return h("section", { class: old ? "stale" : "" },
    old && h("p", { class: "soft small" }, "Of before the last edit."),
    sentences.filter((sentence) => !said.has(sentence)).map((sentence) => h("p", {}, sentence)),
    ways.length > 0 && [h("h3", {}, "Smallest changes that let it in"), h("ul", { class: "ways" }, ways.map((way) => h("li", {},
      h("div", { class: "grow" }, h("p", {}, way.words)),
      way.edits?.length ? button("Try it", () => tryIt(way.edits, way.words), { disabled: !may("score"), "data-act": "try" }) : null)))],
    !sentences.length && !ways.length && h("p", { class: "soft" }, "No single change lets it in."));
}

function figuresPart(epic) {
  const fields = [...store.state.fields, ...effortFields(60)];
  const given = fields.filter((field) => field.scored || !blank(held(epic, field)));
  const rest = fields.filter((field) => !given.includes(field));
  const list = (some) => h("div", { class: "field-list" }, some.map((field) => fieldRow(epic, field)));
  return h("section", {}, h("h3", {}, "Figures"), list(given), rest.length > 0 && h("details", {}, h("summary", {}, `${rest.length} more fields`), list(rest)));
}

const blank = (value) => value === null || value === undefined || value === "";

/** A field of an epic with what it holds; a formula is shown and closed. */
function fieldRow(epic, field) {
  const name = `field-${field.name}`;
  const value = held(epic, field);
  const open = isOpen(epic, field) && (value === null || typeof value !== "object");
  const wide = field.name === "title";
  const input = field.kind === "choice" && field.choices?.length && field.choices.length < 30 || field.kind === "flag"
    ? h("select", { id: name, disabled: !open }, optionsOf(field, value))
    : h("input", { id: name, value: textOf(value, field), readOnly: !open, inputmode: field.kind === "number" || field.kind === "share" ? "decimal" : undefined, autocomplete: "off", title: isComputed(epic, field) ? "A formula makes this figure." : undefined });
  const commit = () => {
    const read = readCell(input.value, field);
    if (read.refused) { note(`${epic.id}, ${field.heading}: ${read.refused}`, { bad: true, detail: "Type a figure such as 8, 2,5 or 40 %." }); input.value = textOf(value, field); return; }
    edit([{ at: addressOf(epic.id, field), to: read.value }]);
  };
  input.addEventListener("change", commit);
  return [h("label", { for: name, class: wide ? "wide" : "" }, isComputed(epic, field) && icon("formula", "formula"), isEdited(epic, field) ? h("b", {}, field.heading) : field.heading), h("div", { class: wide ? "wide" : "" }, input)];
}

function optionsOf(field, value) {
  const text = textOf(value, field);
  const choices = field.kind === "flag" ? ["yes", "no"] : field.choices;
  const known = text === "" || choices.some((choice) => choice === text) ? choices : [text, ...choices];
  return ["", ...known].map((choice) => h("option", { value: choice, selected: choice === text }, choice));
}

for (const topic of ["state", "planned", "edited", "sure"]) on(topic, () => showing?.again?.());
on("event:job", complainOnce);

function complainOnce(job) {
  if (job.kind === "plan" && job.state === "failed") complain({ message: job.message, fix: job.fix });
}

/** A difference in value, in its colour. */
export function gain(value, unit) {
  return h("span", { class: value > 0 ? "change-up" : value < 0 ? "change-down" : "" }, signed(value, unit));
}
