// What the printer gets of a grid: all of its rows as plain tables, since a grid holds only those that can be seen.

import { h } from "./dom.js";

/** So many columns fit on a page. */
const MOST = 13;

/** The rows of a grid that pass its filter, with its groups; of a wide one, columns with something in them, a page's width after the other. */
export function paperOf(grid) {
  const rows = grid.table.getRows("active").map((row) => row.getData());
  const shown = grid.columns.filter((column) => grid.table.getColumn(column.field)?.isVisible?.() ?? true);
  if (!grid.wide) return h("div", { class: "print-table" }, tableOf(grid, rows, shown));
  const [first, second, ...others] = shown, said = others.filter((column) => rows.some((row) => column.text(row) !== ""));
  const bands = Array.from({ length: Math.max(1, Math.ceil(said.length / (MOST - 2))) }, (_, place) => said.slice(place * (MOST - 2), (place + 1) * (MOST - 2)));
  return h("div", { class: "print-table" }, bands.map((band) => tableOf(grid, rows, [first, second, ...band])));
}

function tableOf(grid, rows, columns) {
  const line = (row) => h("tr", { class: "epic" }, columns.map((column, place) => h(place === 0 ? "th" : "td", { class: column.align === "right" ? "number" : "" }, column.content(row))));
  const groups = grid.groups ? grid.groups.map((group) => rows.filter((row) => row.group === group)).filter((some) => some.length) : [rows];
  return h("table", { class: "plain" }, h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col", class: column.align === "right" ? "number" : "" }, column.title)))),
    groups.map((some) => h("tbody", {}, grid.groups && h("tr", { class: "print-group" }, h("th", { colspan: columns.length }, grid.heading(some[0].group, some.length, some))), some.map(line))));
}
