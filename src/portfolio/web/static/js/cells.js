// What stands in cells of several grids: a value that may be edited, a bar, a rank that moved, a line over the periods.

import { h, icon } from "./dom.js";
import { alike, figure, percent } from "./format.js";
import { may, store } from "./store.js";

/** The column of one field of an epic. */
export function fieldColumn(field, more = {}) {
  const numeric = field.kind === "number" || field.kind === "share";
  return {
    field: field.name,
    title: field.heading,
    hint: field.about,
    width: numeric ? 104 : undefined,
    grow: numeric ? 0 : 1,
    least: numeric ? 84 : 120,
    align: numeric ? "right" : "left",
    kind: field,
    choices: field.kind === "choice" ? field.choices : field.kind === "flag" ? ["yes", "no"] : null,
    at: ({ epic }) => (isOpen(epic, field) ? addressOf(epic.id, field) : null),
    text: ({ epic }) => textOf(held(epic, field), field),
    sort: ({ epic }) => held(epic, field),
    content: ({ epic }) => valueNode(epic, field),
    ...more,
  };
}

/** The cell of an epic's field: own criteria and efforts have a place of their own. */
export function addressOf(id, field) {
  if (field.stream) return ["epics", id, "effort", field.stream];
  return field.criterion ? ["epics", id, "criteria", field.name] : ["epics", id, field.name];
}

/** What an epic holds in a field. */
export function held(epic, field) {
  if (field.stream) return epic.effort?.[field.stream];
  return field.criterion ? epic.criteria?.[field.name] ?? epic[field.name] : epic[field.name];
}

const keyOf = (field) => addressOf("", field).slice(2).join("/");

/** Whether a formula makes what stands in a field. */
export const isComputed = (epic, field) => Boolean(epic.computed?.includes(keyOf(field)));

/** Whether a field was edited and not saved yet. */
export const isEdited = (epic, field) => Boolean(epic.edited?.includes(keyOf(field)));

/** Whether a field may be edited by this person. */
export function isOpen(epic, field) {
  return may("score") && !isComputed(epic, field);
}

/** A field for the effort from each value stream, as far as these are few. */
export function effortFields(most = 12) {
  const { value_streams: streams } = store.state;
  return streams.length > most ? [] : streams.map((stream) => ({ name: `effort/${stream.id}`, heading: `Effort, ${stream.name ?? stream.id}`, kind: "number", stream: stream.id }));
}

/** What a field holds, as it is copied and typed. */
export function textOf(value, field) {
  if (value === null || value === undefined) return "";
  if (field?.kind === "share") return percent(value, 4);
  if (value === true || value === false) return value ? "yes" : "no";
  if (typeof value === "object") return Object.entries(value).map(([name, amount]) => `${name}: ${figure(amount)}`).join("; ");
  return String(value);
}

/** What a field holds, as it is shown: with a dot where it was edited, with a sign where a formula makes it. */
export function valueNode(epic, field) {
  const value = held(epic, field);
  const blank = value === null || value === undefined || value === "";
  const computed = isComputed(epic, field), edited = isEdited(epic, field);
  const text = blank ? (field.scored ? "\u2013" : "") : typeof value === "number" && field.kind !== "share" ? figure(value) : textOf(value, field);
  return h("span", { class: `cell-value${edited ? " edited" : ""}${blank ? " blank" : ""}`, title: computed ? "A formula makes this figure; change it in the workbook." : edited ? "Edited, not saved yet." : undefined },
    computed && icon("formula", "formula"), text);
}

/** A rank, with how far the last edit moved it and a bracket around equals. */
export function rankNode({ epic, tie }) {
  if (!epic.rank) return h("span", { class: "rank soft" }, "\u2013");
  const moved = store.moved.get(epic.id) ?? 0;
  return h("span", { class: `rank${tie ? ` tie ${tie}` : ""}`, title: tie ? "As much as its neighbour: equal by score." : undefined }, h("b", {}, figure(epic.rank)),
    moved !== 0 && h("span", { class: `moved ${moved > 0 ? "up" : "down"}`, title: `${moved > 0 ? "up" : "down"} ${Math.abs(moved)}` }, `${moved > 0 ? "\u25b2" : "\u25bc"}${Math.abs(moved)}`));
}

/** How the scores of all epics are written in one column. */
export const scoreFigures = (scores) => (scores.some((value) => Math.abs(value) >= 1e5) ? { of: figure } : alike(scores));

/** A score with a bar that compares it with the largest. */
export function scoreNode(value, largest, starts, figures) {
  if (value === null || value === undefined) return h("span", { class: "score-cell soft" }, "not scored");
  return h("span", { class: `score-cell${starts ? " starts" : ""}` },
    h("span", { class: "score-bar", "aria-hidden": "true" }, h("span", { "width%": Math.max(1.5, Math.min(100, (100 * value) / (largest || 1))) })),
    h("b", {}, figures.of(value)));
}

/** An epic's ID and title. */
export function epicNode({ epic }) {
  const crossed = store.crossed?.get(epic.id);
  return h("span", { class: "epic-name" }, h("span", { class: "epic-id" }, epic.id), h("span", { class: "epic-title" }, epic.title ?? ""),
    crossed && h("span", { class: `crossed ${crossed}`, title: crossed === "in" ? "Now in: it waited in the plan before." : "Now out: it was in the plan before." }, icon(crossed === "in" ? "up" : "down", crossed === "in" ? "now in" : "now out")));
}

/** From when to when, over the periods. */
export function whenNode(line) {
  const { periods } = store.state.portfolio;
  if (!line?.start) return h("span", { class: "when soft" }, "");
  const first = periods.indexOf(line.start), last = periods.indexOf(line.finish);
  const sure = line.commitment === "committed" || !line.commitment;
  const words = `${line.start === line.finish ? line.start : `${line.start} \u2013 ${line.finish}`}${sure ? "" : `, ${line.commitment}`}`;
  if (periods.length === 1 || periods.length > 16 || first < 0) return h("span", { class: "when" }, words);
  return h("span", { class: "when", title: words }, h("span", { class: "unseen" }, words),
    periods.map((period, place) => h("span", { class: place >= first && place <= last ? `slot on${sure ? "" : " unsure"}` : "slot", "aria-hidden": "true" })));
}
