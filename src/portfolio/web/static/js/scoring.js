// Typing and pasting scores: digits take values of the scale, a pasted block is shown before it is taken.

import { addressOf } from "./cells.js";
import { h } from "./dom.js";
import { dialog } from "./dialog.js";
import { edit, shown } from "./edits.js";
import { note } from "./notes.js";
import { readBlock, readCell } from "./numbers.js";
import { cellName, store, valueAt } from "./store.js";

const PAUSE = 650;
const MOST = 10000;

/** What a grid does with what is typed: single cells at once, digits by the scale. */
export function typing() {
  let pending = null;
  const settle = () => {
    if (!pending) return;
    clearTimeout(pending.timer);
    const { digits, at } = pending;
    pending = null;
    edit([{ at, to: Number(digits) }]);
  };
  const digit = (sign, cursor, row) => {
    const { scale, score } = store.state;
    if (!scale?.length || !score.fields.includes(cursor.field) || !/\d/.test(sign)) return false;
    const at = addressOf(row.id, store.state.fields.find(({ name }) => name === cursor.field) ?? { name: cursor.field });
    const same = pending && JSON.stringify(pending.at) === JSON.stringify(at);
    const digits = same && scale.some((value) => String(value).startsWith(pending.digits + sign)) ? pending.digits + sign : sign;
    if (!scale.some((value) => String(value).startsWith(digits))) { settle(); return false; }
    if (pending && !same) settle();
    if (pending) clearTimeout(pending.timer);
    pending = null;
    const longer = scale.some((value) => String(value).startsWith(digits) && String(value) !== digits);
    if (!longer && scale.includes(Number(digits))) edit([{ at, to: Number(digits) }]);
    else if (!scale.includes(Number(digits)) && !longer) return false;
    else pending = { digits, at, timer: setTimeout(settle, PAUSE) };
    return true;
  };
  return { set: take, digit, settle };
}

/** Sends what was typed into cells `{row, column, at, text}`; what is no number is refused at once. */
export function take(cells) {
  const read = cells.map((cell) => ({ ...cell, ...readCell(cell.text, cell.column.kind) }));
  const refused = read.find((cell) => cell.refused);
  if (refused) note(`${cellName(refused.at)}: ${refused.refused}`, { bad: true, detail: "Type a figure such as 8, 2,5 or 40 %; leave it empty for blank." });
  return edit(read.filter((cell) => !cell.refused).map(({ at, value }) => ({ at, to: value })));
}

/** Shows what a pasted block would change before it does. */
export function paste(grid, text) {
  const cells = grid.target(readBlock(text));
  if (!cells.length) return note("Click the cell that the block begins at, then paste.", { bad: true });
  if (cells.length > MOST) return note(`${cells.length.toLocaleString("en-GB")} cells are more than a request may hold: ${MOST.toLocaleString("en-GB")}.`, { bad: true, detail: "Paste it in parts." });
  const sorted = { taken: [], unchanged: [], refused: [] };
  for (const cell of cells) sort(cell, sorted);
  if (cells.length === 1 && sorted.taken.length === 1) return edit(sorted.taken);
  return preview(sorted);
}

function sort({ text, row, column, at }, sorted) {
  if (!row || !column) {
    if (String(text).trim()) sorted.refused.push({ place: "outside the table", text, why: row ? "There is no column here." : "There is no row here." });
    return;
  }
  const place = `${row.id}, ${column.title}`;
  if (!at) {
    if (column.text && String(text).trim() !== column.text(row).trim()) {
      const computed = row.epic?.computed?.includes(column.field);
      sorted.refused.push({ place, text, why: computed ? "A formula makes this figure." : "This column is not edited here." });
    } else sorted.unchanged.push(place);
    return;
  }
  const read = readCell(text, column.kind);
  if (read.refused) sorted.refused.push({ place, text, why: read.refused });
  else if ((valueAt(at) ?? null) === (read.value ?? null)) sorted.unchanged.push(place);
  else sorted.taken.push({ at, to: read.value });
}

function preview({ taken, unchanged, refused }) {
  const tile = (number, words, kind) => h("div", { class: `tile ${kind}` }, h("b", {}, number.toLocaleString("en-GB")), h("span", {}, words));
  const table = (caption, heads, rows) => h("div", { class: "scroll-x" }, h("table", { class: "plain" }, h("caption", {}, caption),
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", {}, head)))), h("tbody", {}, rows)));
  dialog("Paste", [
    h("div", { class: "tiles" }, tile(taken.length, "taken", "good"), tile(unchanged.length, "unchanged", ""), tile(refused.length, "refused", refused.length ? "bad" : "")),
    refused.length > 0 && table("Refused", ["Cell", "Pasted", "Why"], refused.slice(0, 50).map(({ place, text, why }) => h("tr", {}, h("th", { scope: "row" }, place), h("td", {}, String(text).slice(0, 60)), h("td", { class: "wrap" }, why)))),
    refused.length > 50 && h("p", { class: "soft" }, `and ${refused.length - 50} more`),
    taken.length > 0 && table("Taken", ["Cell", "Was", "Becomes"], taken.slice(0, 12).map(({ at, to }) => h("tr", {}, h("th", { scope: "row" }, cellName(at)), h("td", {}, shown(valueAt(at))), h("td", {}, shown(to))))),
    taken.length > 12 && h("p", { class: "soft" }, `and ${taken.length - 12} more`),
  ], [
    { text: "Cancel" },
    { text: taken.length === 1 ? "Take 1 cell" : `Take ${taken.length.toLocaleString("en-GB")} cells`, main: true, disabled: !taken.length, act: () => { edit(taken); } },
  ]);
}
