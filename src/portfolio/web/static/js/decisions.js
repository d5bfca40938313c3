// Decisions: what was decided, by whom, why, and what it costs.

import { post } from "./api.js";
import { button, h } from "./dom.js";
import { dialog, labelled } from "./dialog.js";
import { newName } from "./edits.js";
import { claim, clock, short } from "./format.js";
import { complain, note } from "./notes.js";
import { openPanel } from "./panel.js";
import { may, on, store, tell } from "./store.js";

const KINDS = { approved: "Approve", overrode: "Override", stopped: "Stop", pivoted: "Pivot", persevered: "Persevere", noted: "Note", "changed guardrail": "Change a guardrail", "moved budget": "Move budget" };

/** Records a decision. */
export function openDecision({ subject = "Plan", kind = "approved", price = null } = {}) {
  const { state } = store;
  const kinds = h("select", {}, Object.entries(KINDS).map(([name, text]) => h("option", { value: name, selected: name === kind }, text)));
  const about = h("input", { value: subject, list: "decision-subjects", maxlength: 300 });
  const because = h("textarea", { rows: 3, maxlength: 10000, autofocus: true });
  const { outcome } = state.plan ?? {};
  dialog("Record a decision", [
    labelled("What", kinds), labelled("About", about, "An epic\u2019s ID, Plan, or the name of a guardrail."),
    h("datalist", { id: "decision-subjects" }, ["Plan", ...state.epics.slice(0, 500).map(({ id }) => id), ...state.guardrails.map(({ name }) => name)].map((value) => h("option", { value }))),
    labelled("Because", because),
    outcome?.value !== null && outcome && h("p", { class: "soft" }, `It goes with the plan of now: ${short(outcome.value, state.portfolio.unit)}, ${claim(outcome)}.`),
  ], [{ text: "Cancel" }, { text: "Record", main: true, act: async () => {
    try {
      await post("/api/decisions", { request: newName(), kind: kinds.value, subject: about.value, because: because.value, price });
      note("The decision is recorded; it goes to the sheet Decisions with the next save.");
    } catch (error) {
      complain(error);
      return false;
    }
    return undefined;
  } }]);
}

/** Shows what was decided so far. */
export function openDecisions() {
  const { decisions = [], portfolio } = store.state;
  openPanel("Decisions", [
    h("section", {}, button("Record a decision", () => openDecision(), { icon: "gavel", class: "main", disabled: !may("decide"), "data-act": "decide" })),
    h("section", {}, decisions.length === 0 && h("p", { class: "soft" }, "None yet in this meeting."), h("ul", { class: "stack" }, [...decisions].reverse().map((one) => h("li", { class: "card" },
      h("p", {}, h("b", {}, `${one.subject}: ${one.kind}`)), one.because && h("p", {}, one.because),
      h("p", { class: "soft small" }, [`${one.by || "somebody"}, ${clock(one.at)}`, one.value !== null && one.value !== undefined ? `plan ${short(one.value, portfolio.unit)}` : "", one.price?.at_most ? `price ${short(one.price.at_most, one.unit)}` : ""].filter(Boolean).join(" \u00b7 ")))))),
  ], { key: "decisions", again: null });
}

on("event:decided", (decision) => {
  const { decisions = [] } = store.state;
  if (!decisions.some((one) => one.request === decision.request)) store.state.decisions = [...decisions, decision];
  tell("decisions");
});
