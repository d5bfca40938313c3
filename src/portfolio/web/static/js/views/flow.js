// Flow: how work has moved through the system, beside its own past. Parts stand in their own order; nobody is ranked.

import { h } from "../dom.js";
import { serverView } from "../server_view.js";
import { plainTable } from "../view_parts.js";

export const flow = { name: "flow", title: "Flow", letter: "o", draw: (host) => serverView(host, "flow", content, { anyPlan: true }) };

function content(view) {
  return [
    h("p", { class: "view-note" }, `${view.headline} ${view.purpose}`),
    view.tables.map((table) => h("section", { class: "stack" },
      h("h3", {}, table.title),
      plainTable(table.headings.map((text, place) => ({ text, number: place >= table.texts })), table.rows, { caption: "" }),
      table.note && h("p", { class: "view-note" }, table.note))),
    view.notes.map((note) => h("p", { class: "view-note soft" }, note)),
  ];
}
