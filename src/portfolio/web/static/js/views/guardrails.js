// Guardrails: a bar for each between at least and at most; what each costs is one click away.

import { button, h, icon } from "../dom.js";
import { signed } from "../format.js";
import { run, stop } from "../jobs.js";
import { openPanel, shows } from "../panel.js";
import { serverView } from "../server_view.js";
import { may, store, tell } from "../store.js";
import { tryIt } from "../whatif.js";

export const guardrails = { name: "guardrails", title: "Guardrails", letter: "u", draw };

const MOST_PLACES = 3;
const CHIPS = { broken: ["bad", "error"], "breached at its price": ["warn", "warn"], "at its limit": ["warn", "warn"], kept: ["good", "good"] };

function draw(host) {
  return serverView(host, "guardrails", content, { tools: [button("What does each cost?", allPrices, { disabled: !may("score") }), button("Change levels", () => tell("go", "inputs"))] });
}

function content(view) {
  if (!view.rows.length) return [h("div", { class: "empty" }, h("h2", {}, "No guardrail limits this plan"), h("p", {}, "Write one on the sheet Guardrails: what is measured, where, and how much at least or at most."))];
  const own = view.rows.filter((row) => !row.in_each_period);
  const each = view.rows.filter((row) => row.in_each_period);
  return [
    h("p", { class: "view-note" }, view.headline),
    own.length > 0 && table(own, "Rules and limits"),
    each.length > 0 && h("details", { open: each.some((row) => row.standing === "broken") || !own.length }, h("summary", {}, `Capacity and WIP in each period (${each.length})`), table(each, "Capacity and WIP in each period")),
  ];
}

function table(rows, caption) {
  return h("div", { class: "scroll-x", tabindex: "0", role: "region", "aria-label": caption }, h("table", { class: "plain rails" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Guardrail"), h("th", { scope: "col" }, "Stands"), h("th", { scope: "col", class: "rail-bar" }, h("span", { class: "unseen" }, "As a bar")), h("th", { scope: "col", class: "number" }, "Used"), h("th", { scope: "col", class: "number" }, "At least"), h("th", { scope: "col", class: "number" }, "At most"), h("th", { scope: "col" }, h("span", { class: "unseen" }, "Price")))),
    families(rows).map((family) => h("tbody", {}, family.length > MOST_PLACES ? folded(family) : family.map((row) => line(row))))));
}

/** The places of each guardrail together, in the order of the worst of them. */
function families(rows) {
  const byName = new Map();
  for (const row of rows) byName.set(row.name, [...(byName.get(row.name) ?? []), row]);
  return [...byName.values()];
}

function line(row, more = {}) {
  return h("tr", more,
    h("th", { scope: "row" }, h("b", {}, row.name), row.where && h("span", { class: "soft" }, ` ${row.where}`)),
    h("td", {}, chip(row.standing)),
    h("td", { class: "rail-bar" }, bar(row)),
    figures(row),
    h("td", {}, row.own || !row.in_each_period ? button("What does it cost?", () => price(row), { disabled: !may("score"), class: "quiet" }) : null));
}

/** What is used and allowed; on a telephone each figure has its heading beside it. */
const figures = (row) => [["Used", row.used_words, "number strong"], ["At least", row.at_least_words, "number"], ["At most", row.at_most_words, "number"]].map(([head, words, css]) => h("td", { class: css, "data-head": head }, words));

const chip = (standing, text = standing) => h("span", { class: `chip ${CHIPS[standing][0]}` }, icon(CHIPS[standing][1]), text);

/** A guardrail with many places: the worst ones in a line, all of them behind a button. */
function folded(family) {
  const [worst] = family;
  const alike = family.filter((row) => row.standing === worst.standing).length;
  const rest = family.map((row) => line(row, { hidden: true, class: "folded" }));
  const toggle = button(`${family.length} places`, () => {
    const open = toggle.getAttribute("aria-expanded") !== "true";
    toggle.setAttribute("aria-expanded", String(open));
    for (const row of rest) row.hidden = !open;
  }, { class: "quiet", "aria-expanded": "false" });
  return [h("tr", {}, h("th", { scope: "row" }, h("b", {}, worst.name), " ", toggle), h("td", {}, chip(worst.standing, alike === family.length ? `${worst.standing} everywhere` : `${worst.standing}: ${alike} of ${family.length}`)),
    h("td", { class: "rail-bar" }, bar(worst)), figures(worst),
    h("td", {}, worst.own || !worst.in_each_period ? button("What does it cost?", () => price(worst), { disabled: !may("score"), class: "quiet" }) : null)), ...rest];
}

function bar(row) {
  if (row.bar_used === null) return null;
  const share = (value) => Math.min(100, 100 * value);
  return h("div", { class: `rail${row.standing === "broken" ? " broken" : ""}`, role: "img", "aria-label": `${row.used_words} used${row.at_least_words ? `, at least ${row.at_least_words}` : ""}${row.at_most_words ? `, at most ${row.at_most_words}` : ""}` },
    h("span", { class: "used", "width%": share(row.bar_used) }),
    row.bar_at_least !== null && h("span", { class: "mark floor", "left%": share(row.bar_at_least), title: `at least ${row.at_least_words}` }),
    row.bar_at_most !== null && h("span", { class: "mark", "left%": share(row.bar_at_most), title: `at most ${row.at_most_words}` }));
}

function price(row) {
  const { predecessor, successor } = row.place;
  const sentence = predecessor ? `relax dependency of ${successor} on ${predecessor}` : `relax ${row.own ? "guardrail " : ""}${row.name}`;
  tryIt([sentence], `Without \u201c${row.label}\u201d`);
}

async function allPrices() {
  const key = "prices";
  const draw = (content, busy) => openPanel("What each rule costs", h("section", { "aria-busy": String(Boolean(busy)) }, content), { key });
  draw(h("div", { class: "row" }, h("span", { class: "spinner" }), "Pricing each rule; this may take a minute\u2026"), true);
  try {
    const { id, done } = await run({ kind: "prices" });
    if (shows(key)) draw(h("div", { class: "row" }, h("span", { class: "spinner" }), h("span", { class: "grow" }, "Pricing each rule; this may take a minute\u2026"), button("Stop", () => stop(id))), true);
    const job = await done;
    if (!shows(key)) return;
    if (!job.result) return draw([h("p", {}, job.message ?? "It was stopped."), h("p", { class: "soft" }, job.fix)]);
    draw(priceList(job.result));
  } catch (error) {
    if (shows(key)) draw([h("p", {}, error.message), h("p", { class: "soft" }, error.fix)]);
  }
}

function priceList({ rules = [], unit }) {
  const words = ({ at_least: least, at_most: most }) => (least === null || most === null ? "not known" : Math.abs(most - least) < 1e-6 ? signed(most, unit) : `${signed(least)} to ${signed(most, unit)}`);
  return [h("p", { class: "soft" }, "What the best plan would be worth more without it."), h("ul", { class: "ways" }, [...rules].sort((one, other) => (other.at_most ?? 0) - (one.at_most ?? 0)).map((rule) =>
    h("li", {}, h("span", { class: "grow" }, [rule.name, ...Object.values(rule.place ?? {})].join(", ")), h("b", {}, words(rule))))), !rules.length && h("p", {}, `No rule of ${store.state.portfolio.name} has a price.`)];
}
