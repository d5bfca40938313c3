// Parts of every view: its head, the field to find by, what is shown where nothing is there, and the table beside a picture.

import { button, h } from "./dom.js";
import { writeBlock } from "./numbers.js";
import { note } from "./notes.js";
import { may, store, tell } from "./store.js";

/** The heading of a view with its tools. */
export function viewHead(title, ...tools) {
  return h("div", { class: "view-head" }, h("h2", {}, title), tools);
}

/** A field that filters; the test it gives is null where nothing is typed. */
export function findBox(filter, label = "Find") {
  const input = h("input", { type: "search", class: "find", placeholder: `${label}\u2026`, "aria-label": label, oninput: () => {
    const words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    filter(words.length ? (text) => words.every((word) => text.toLowerCase().includes(word)) : null);
  } });
  return { element: input, focus: () => { input.focus(); input.select(); } };
}

const EMPTY = {
  epics: ["No epics yet", "Add the first one here, or fill in the sheet Epics and save it: the page takes it in.", "Add an epic", "add-epic"],
  periods: ["Nothing to plan with yet", "This portfolio ranks. With value streams and their capacity for each period it also plans.", "Fill in capacity", "inputs"],
  scores: ["No scores yet", "Score one column at a time: who is smallest? It gets 1, the others are sized against it.", "Begin to score", "score"],
  plan: ["No plan yet", "The figures are there; the plan is one step away.", "Plan", "plan"],
  frontier: ["What is a little more worth?", "Vary one figure in steps; each step is planned, and the line shows what the next one brings.", "Draw it", "frontier"],
  agreed: ["Nothing to compare with", "There is no agreed plan in this file. Make a what-if and keep it, or start with --agreed PLAN.", "Ask \u201cwhat if\u201d", "whatif"],
};

/** The one thing to do next, instead of an empty picture. */
export function nothingThere(what, words) {
  const [title, text, label, action] = EMPTY[what];
  return h("div", { class: "empty" }, h("h2", {}, title), h("p", {}, words ?? text),
    button(label, () => tell("do", action), { class: "main", disabled: !may("score") && action !== "score" }));
}

/** A plain table whose cells are texts or nodes; heads are `{text, number}`. */
export function plainTable(heads, rows, { caption, copy = true } = {}) {
  const table = h("table", { class: "plain" }, caption && h("caption", {}, caption),
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col", class: head.number ? "number" : "" }, head.text ?? head)))),
    h("tbody", {}, rows.map((row) => h("tr", { class: row.css, onclick: row.open }, (row.cells ?? row).map((cell, place) =>
      h(place === 0 ? "th" : "td", { scope: place === 0 ? "row" : undefined, class: heads[place]?.number ? "number" : heads[place]?.wrap ? "wrap" : "" }, cell))))));
  const element = h("div", { class: "scroll-x", tabindex: "0", role: "region", "aria-label": caption ?? "Table" }, table);
  if (copy) element.addEventListener("copy", (event) => {
    if (String(getSelection() ?? "")) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", copied(table));
    note("The table is copied.");
  });
  return element;
}

const copied = (table) => writeBlock([...table.rows].map((row) => [...row.cells].map((cell) => cell.dataset.copy ?? cell.textContent)));

/** A choice that this browser remembers. */
export function remind(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(`portfolio:${name}`, value);
    return localStorage.getItem(`portfolio:${name}`);
  } catch {
    return value ?? null;
  }
}

/** Why there is no plan to draw, as a view of its own; null where there is one. */
export function withoutPlan() {
  const { state } = store;
  if (!state.epics.length) return nothingThere("epics");
  if (!state.portfolio.can_plan) return nothingThere("periods");
  if (state.findings.some(({ severity }) => severity === "error") && !state.plan) return h("div", { class: "empty" }, h("h2", {}, "Errors come first"), h("p", {}, "Nothing is planned before they are mended; each says how."), button("Show them", () => tell("do", "findings"), { class: "main" }));
  const { outcome } = state.plan ?? {};
  if (outcome?.claim === "impossible") return h("div", { class: "empty" }, h("h2", {}, "No plan keeps all the rules"), h("p", {}, "Some of them clash; each way out can be tried."), button("What clashes?", () => tell("do", "impossible"), { class: "main" }));
  if (outcome?.claim === "nothing found") return h("div", { class: "empty" }, h("h2", {}, "No plan found yet"), h("p", {}, "None was found in the time given; that does not say that there is none."), button("Look longer", () => tell("do", "longer"), { class: "main" }));
  if (!state.plan) return state.job ? h("div", { class: "empty" }, h("span", { class: "spinner" }), h("h2", {}, "Planning"), h("p", {}, "The first plan is here within seconds. Only the very first one on a machine takes longer: then the search is compiled, once.")) : nothingThere("plan");
  return null;
}
