// What the printer gets of a grid: all of its rows as a plain table, since a grid holds only those that can be seen.

import { h } from "./dom.js";

/** The rows of a grid that pass its filter, with its groups, as a table. */
export function paperOf(grid) {
  const rows = grid.table.getRows("active").map((row) => row.getData());
  const heads = grid.columns.filter((column) => grid.table.getColumn(column.field)?.isVisible?.() ?? true);
  const line = (row) => h("tr", { class: "epic" }, heads.map((column, place) => h(place === 0 ? "th" : "td", { class: column.align === "right" ? "number" : "" }, column.content(row))));
  const groups = grid.groups ? grid.groups.map((group) => rows.filter((row) => row.group === group)).filter((some) => some.length) : [rows];
  return h("table", { class: "plain print-table" }, h("thead", {}, h("tr", {}, heads.map((column) => h("th", { scope: "col", class: column.align === "right" ? "number" : "" }, column.title)))),
    groups.map((some) => h("tbody", {}, grid.groups && h("tr", { class: "print-group" }, h("th", { colspan: heads.length }, grid.heading(some[0].group, some.length, some))), some.map(line))));
}
