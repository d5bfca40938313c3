// Difference: what lies between the agreed plan and this one: epics, value step by step, guardrails, money.

import { button, h } from "../dom.js";
import { figure, short } from "../format.js";
import { openEpic } from "../panel.js";
import { serverView } from "../server_view.js";
import { may } from "../store.js";
import { plainTable } from "../view_parts.js";
import { askWhatIf } from "../whatif.js";
import { openDecision } from "../decisions.js";

export const difference = { name: "difference", title: "Difference", letter: "d", draw };

function draw(host) {
  return serverView(host, "difference", content, { tools: [button("Ask \u201cwhat if\u201d", askWhatIf, { disabled: !may("score") }), button("Approve this plan", () => openDecision({ subject: "Plan", kind: "approved" }), { icon: "gavel", disabled: !may("decide"), "data-act": "approve" })] });
}

/** What lies between two plans; the what-if's panel shows the same in short. */
export function content(view) {
  return [
    view.headline && h("p", { class: "lead" }, view.headline),
    h("div", { class: "tiles" }, view.totals.map((total, place) => h("div", { class: "tile" }, h("span", {}, total.heading), h("b", {}, short(total.after)), h("span", { class: sign(total.difference, MORE_IS.at(place - view.totals.length)) }, total.difference)))),
    view.sentences.map((sentence) => h("p", { class: "view-note" }, sentence)),
    view.epics.length > 0 && h("div", { class: "scroll-x", tabindex: "0", role: "region", "aria-label": "Epics that changed" }, h("table", { class: "plain" }, h("caption", {}, `${view.headings.epics} that changed`),
      h("thead", {}, h("tr", {}, ["", view.headings.epic, "Agreed", "Now"].map((text) => h("th", { scope: "col" }, text || h("span", { class: "unseen" }, "What happens"))), h("th", { scope: "col", class: "number" }, "Value"), h("th", { scope: "col" }, "Why"))),
      h("tbody", {}, view.epics.map((line) => h("tr", {}, h("td", {}, h("span", { class: `chip ${{ started: "good", dropped: "warn", moved: "accent" }[line.change]}` }, line.happens)), h("th", { scope: "row", class: "changed-epic" }, button(line.label, () => openEpic(line.id), { class: "link" })),
        h("td", { class: "nowrap" }, line.before), h("td", { class: "nowrap" }, line.after), h("td", { class: "number" }, line.gain_words), h("td", { class: "wrap soft" }, line.why)))))),
    view.steps.length > 2 && waterfall(view),
    view.guardrails.length > 0 && plainTable(["Guardrail", "Agreed", "Now", "Where"], view.guardrails.map((row) => [row.name, row.before, row.after, row.where]), { caption: "Guardrails that stand otherwise" }),
    view.money.length > 0 && plainTable([view.headings.value_stream, { text: "Used, agreed" }, { text: "Used, now" }, ...(view.money_unit ? [{ text: `Spend, agreed`, number: true }, { text: "Spend, now", number: true }, { text: `Moved, ${view.money_unit}`, number: true }] : [])],
      view.money.map((row) => [row.title, row.used_before, row.used_after, ...(view.money_unit ? [figure(row.spend_before), figure(row.spend_after), row.spend_words] : [])]), { caption: "Capacity and money" }),
  ];
}

/** Whether more of value, delay cost and spend is good, bad or neither; where value is not shown, spend is the only total. */
const MORE_IS = [1, -1, 0];
const sign = (words, good) => {
  const way = good * (words.startsWith("+") ? 1 : /^[-\u2212]\d/.test(words) ? -1 : 0);
  return way > 0 ? "change-up" : way < 0 ? "change-down" : "change";
};

function waterfall(view) {
  const end = Math.max(...view.steps.map((step) => step.high)) || 1;
  const base = Math.min(...view.steps.filter((step) => step.kind !== "total").map((step) => step.low));
  const start = base > end * 0.6 ? base - (end - base) * 0.3 : 0;
  const place = (value) => Math.max(0, Math.min(100, (100 * (value - start)) / (end - start)));
  return h("figure", { class: "card" }, h("h3", {}, `Value, step by step (${view.unit})`), h("ul", { class: "waterfall" }, view.steps.map((step) => {
    const low = step.kind === "total" ? 0 : place(step.low);
    return h("li", {}, h("span", { class: "step-name" }, step.label), h("span", { class: "step-track" }, h("span", { class: `step ${step.kind} ${step.gain < 0 ? "down" : "up"}`, "left%": low, "width%": Math.max(0.4, place(step.high) - low) })), h("b", { class: "number" }, step.words));
  })), start > 0 && h("figcaption", { class: "soft small" }, "The scale does not begin at 0."));
}
