// Parts of the grid: the order of values, the head of a group, a field that offers choices.

import { h } from "./dom.js";

/** A field that offers choices, with what is there now among them. */
export function choiceOf(choices, now) {
  const all = choices.includes(now) || now === "" ? choices : [now, ...choices];
  return h("select", { class: "typing", "aria-label": "Choice" }, ["", ...all].map((choice) => h("option", { value: choice, selected: choice === now }, choice)));
}

/** The head of a group as a row of one cell, for readers of screens. */
export function groupRow(heading) {
  return (group, count, rows, component) => {
    component.getElement().setAttribute("role", "row");
    const head = heading(group, count, rows);
    head.setAttribute("role", "gridcell");
    return head;
  };
}

/** Figures before texts, blanks last whichever way it is sorted. */
export function compare(one, other, direction) {
  const blank = (value) => value === null || value === undefined || value === "";
  if (blank(one) || blank(other)) return (blank(one) ? 1 : 0) - (blank(other) ? 1 : 0) === 0 ? 0 : (blank(one) ? 1 : -1) * (direction === "desc" ? -1 : 1);
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), undefined, { numeric: true });
}

/** Brings a column into sight, beside those that stay where they are. */
export function reveal({ element, table, columns }, field) {
  const holder = element.querySelector(".tabulator-tableholder"), place = columns.findIndex((column) => column.field === field);
  if (place < 0 || columns[place].frozen) return;
  const size = (column) => (table.getColumn(column.field).isVisible() ? table.getColumn(column.field).getWidth() : 0);
  const sum = (some) => some.reduce((total, column) => total + size(column), 0);
  const left = sum(columns.slice(0, place).filter(({ frozen }) => !frozen)), still = sum(columns.filter(({ frozen }) => frozen));
  holder.scrollLeft = Math.min(left, Math.max(left + size(columns[place]) + still - holder.clientWidth, holder.scrollLeft));
}
