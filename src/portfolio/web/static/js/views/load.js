// Load: value streams by period. The figure is printed; the shade only underlines it.

import { button, h } from "../dom.js";
import { alike, figure } from "../format.js";
import { openPanel } from "../panel.js";
import { tryIt } from "../whatif.js";
import { may, store, tell } from "../store.js";
import { serverView } from "../server_view.js";

export const load = { name: "load", title: "Load", letter: "l", draw: (host) => serverView(host, "load", content) };

function content(view) {
  const heads = h("tr", {}, h("th", { scope: "col" }, view.headings.value_stream), view.periods.map((period) => h("th", { scope: "col", class: "load-head" }, period)));
  const all = [...view.lines, ...(view.total ? [{ ...view.total, total: true }] : [])];
  return [
    h("p", { class: "view-note" }, view.headline, "; ", h("b", {}, "!"), " marks what is at its limit, ", h("b", {}, "!!"), " what is beyond it."),
    h("div", { class: "scroll-x load", tabindex: "0", role: "region", "aria-label": "Load by value stream and period" }, h("table", { class: "plain load-table" },
      h("thead", {}, heads), h("tbody", {}, all.map((line) => row(line))))),
    view.budget_periods.length > 0 && moneyTable(view, all),
    view.notes.map((note) => h("p", { class: "view-note" }, note)),
  ];
}

function row(line) {
  return h("tr", { class: line.total ? "total" : "" }, h("th", { scope: "row" }, line.title, line.id && line.title !== line.id ? h("span", { class: "soft small" }, ` ${line.id}`) : null),
    line.cells.map((cell) => {
      const beyond = cell.standing === "broken" || cell.standing === "breached at its price";
      const mark = beyond ? "!!" : cell.standing === "at its limit" ? "!" : "";
      const inside = [h("span", { class: "load-figure" }, `${Math.round(cell.used * 100)} %`, mark && h("b", { class: "load-mark", title: cell.standing }, mark)),
        h("span", { class: "load-wip" }, h("span", { class: "unseen" }, "in progress: "), `${cell.wip}${cell.wip_limit === null ? "" : ` / ${cell.wip_limit}`}`)];
      return h("td", { class: `load-cell shade-${cell.shade}`, "data-copy": cell.words }, line.total ? h("div", { class: "load-inside" }, inside)
        : h("button", { type: "button", class: "load-inside", onclick: () => open(line, cell) }, h("span", { class: "unseen" }, `${line.title}, ${cell.period}: `), inside, h("span", { class: "unseen" }, `, ${cell.standing}`)));
    }));
}

function moneyTable(view, lines) {
  const money = alike(lines.flatMap((line) => line.budgets.flatMap(({ left, spend }) => [left, spend])), view.money_unit ?? "");
  const limited = lines.some((line) => line.budgets.some((budget) => budget.left !== null));
  return h("div", { class: "scroll-x" }, h("table", { class: "plain" }, h("caption", {}, `${limited ? "Budget left" : "Spend"}${money.unit ? `, ${money.unit}` : ""}${limited ? " (spent)" : ""}`),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, view.headings.value_stream), view.budget_periods.map((period) => h("th", { scope: "col", class: "number" }, period)))),
    h("tbody", {}, lines.map((line) => h("tr", { class: line.total ? "total" : "" }, h("th", { scope: "row" }, line.title),
      line.budgets.map((budget) => h("td", { class: "number" }, limited ? [money.of(budget.left), " ", h("span", { class: "soft" }, `(${money.of(budget.spend)})`)] : money.of(budget.spend))))))));
}

function open(line, cell) {
  const what = `capacity of ${line.id} in ${cell.period}`;
  openPanel(`${line.title}, ${cell.period}`, [
    h("section", {}, h("dl", { class: "facts" }, h("dt", {}, "Capacity"), h("dd", {}, figure(cell.capacity)), h("dt", {}, "Used"), h("dd", {}, `${figure(cell.effort)} (${Math.round(cell.used * 100)} %)`),
      h("dt", {}, "In progress"), h("dd", {}, cell.wip_limit === null ? figure(cell.wip) : `${cell.wip} of ${cell.wip_limit}`), cell.reserved ? [h("dt", {}, "Reserved"), h("dd", {}, figure(cell.reserved))] : null)),
    h("section", {}, h("h3", {}, "What if"), h("div", { class: "row" }, ["80%", "90%", "110%", "125%"].map((share) => button(share, () => tryIt([`scale ${what} by ${share}`], `${line.title}, ${cell.period}: ${share} of its capacity`), { disabled: !may("score") })))),
    h("section", {}, h("h3", {}, "Epics at work"), h("ul", { class: "short-list" }, atWork(line, cell).map((epic) => h("li", {}, button(`${epic.id} ${epic.title ?? ""}`, () => tell("open", epic.id), { class: "link" }))))),
    h("section", {}, button("Change capacity", () => tell("go", "inputs"), {})),
  ], { key: `load:${line.id}:${cell.period}` });
}

function atWork(line, cell) {
  const { periods } = store.state.portfolio;
  const here = periods.indexOf(cell.period);
  return store.state.epics.filter((epic) => {
    const plan = store.decisions.get(epic.id);
    return plan?.start && periods.indexOf(plan.start) <= here && periods.indexOf(plan.finish) >= here && (epic.effort?.[line.id] ?? 0) > 0;
  });
}
