// Findings: what is wrong, by which rule, and what to do; a field to mend each that has a cell. And why no plan is possible.

import { button, h, icon } from "./dom.js";
import { edit } from "./edits.js";
import { readCell } from "./numbers.js";
import { textOf } from "./cells.js";
import { closePanel, openPanel, shows } from "./panel.js";
import { complain, note } from "./notes.js";
import { cellName, may, on, store, tell, valueAt } from "./store.js";
import { tryIt } from "./whatif.js";

/** How many there are: errors, and all others. */
export function counted() {
  const errors = store.state.findings.filter(({ severity }) => severity === "error").length;
  return { errors, others: store.state.findings.length - errors };
}

/** Shows them all in the panel. */
export function openFindings() {
  openPanel("Findings", list(), { key: "findings", again: () => { if (!document.activeElement?.closest("#panel input")) openPanel("Findings", list(), { key: "findings", again: null, focus: false }); } });
}

on("edited", () => { if (shows("findings") && !document.activeElement?.closest("#panel input")) openFindings(); });

function list() {
  const { findings } = store.state;
  if (!findings.length) return h("section", {}, h("p", {}, icon("good"), " Nothing is wrong."));
  const sorted = [...findings].sort((one, other) => (one.severity === "error" ? 0 : 1) - (other.severity === "error" ? 0 : 1));
  return h("section", {}, h("div", {}, sorted.slice(0, 200).map(item)), sorted.length > 200 && h("p", { class: "soft" }, `and ${sorted.length - 200} more`));
}

function item(finding) {
  const error = finding.severity === "error";
  return h("div", { class: `finding ${finding.severity}` }, icon(error ? "error" : "warn", finding.severity), h("div", {},
    h("p", { class: "place" }, finding.place), h("p", { class: "strong" }, finding.message), finding.rule && h("p", { class: "soft" }, finding.rule), finding.fix && h("p", {}, finding.fix), mend(finding)));
}

function mend({ at }) {
  if (!at) return null;
  const value = valueAt(at);
  const field = store.state.fields.find(({ name }) => name === at[2]) ?? { heading: cellName(at), kind: "text" };
  const input = h("input", { value: textOf(value, field), "aria-label": cellName(at), disabled: !may("score") });
  const send = () => {
    const read = readCell(input.value, at[0] === "epics" ? field : { ...field, kind: "text" });
    if (read.refused) { note(read.refused, { bad: true }); return; }
    input.blur();
    edit([{ at, to: read.value }]);
  };
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") send(); });
  return h("div", { class: "row" }, h("span", { class: "small soft" }, cellName(at)), input, button("Mend", send, { disabled: !may("score") }), at[0] === "epics" && button("Open", () => tell("open", at[1]), { class: "quiet" }));
}

/** Shows what clashes and each way out, to be tried or made so. */
export function openImpossible() {
  const { impossible } = store.state.plan ?? {};
  if (!impossible) return openFindings();
  const member = (line) => [line.name, ...Object.values(line.place ?? {})].join(", ");
  return openPanel("No plan is possible", [
    h("section", {}, impossible.clashes.map((clash) => h("p", {}, clash.length === 1 ? "This cannot be kept: " : "These cannot all be kept: ", clash.map((line, place) => [place > 0 ? " and " : "", h("b", {}, member(line)), line.fields?.length ? h("span", { class: "soft small" }, ` ${line.fields.slice(0, 3).join(", ")}`) : null])))),
    h("section", {}, h("h3", {}, "Ways out"), h("ul", { class: "ways" }, impossible.repairs.map((repair) => h("li", { class: "repair" }, h("div", { class: "grow" }, repair.changes.map((change) => h("p", {}, change.change))),
      repair.edits?.length ? h("div", { class: "row" }, button("Try it", () => tryIt(repair.edits, repair.changes.map(({ change }) => change).join("; ")), { disabled: !may("score"), "data-act": "try" }),
        button("Make it so", () => makeItSo(repair.edits), { class: "main", disabled: !may("score"), "data-act": "make-it-so" })) : null)))),
  ], { key: "impossible" });
}

async function makeItSo(edits) {
  try {
    const answer = await edit(edits);
    if (!answer) return;
    closePanel();
    tell("do", "plan");
  } catch (error) {
    complain(error);
  }
}
