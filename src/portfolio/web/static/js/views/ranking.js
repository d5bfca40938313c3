// Ranking: what starts, what waits and what is not scored, each by rank; between them the cut line.

import { epicNode, rankNode, scoreFigures, scoreNode, whenNode } from "../cells.js";
import { button, h, icon } from "../dom.js";
import { alike, figure, short } from "../format.js";
import { Grid } from "../grid.js";
import { openEpic } from "../panel.js";
import { ageOf, isIn, store, tell } from "../store.js";
import { findBox, nothingThere, remind, viewHead } from "../view_parts.js";

export const ranking = { name: "ranking", title: "Ranking", letter: "r", filled: true, draw };

function draw(host) {
  if (!store.state.epics.length) return host.append(nothingThere("epics"));
  let byRank = remind("by-rank") === "yes";
  let grid = null;
  const find = findBox((test) => grid.filter(test && ((row) => test(`${row.id} ${row.epic.title ?? ""} ${row.line?.reason ?? ""} ${row.epic.owner ?? ""}`))));
  const toggle = button("By rank alone", () => {
    byRank = !byRank;
    remind("by-rank", byRank ? "yes" : "no");
    toggle.setAttribute("aria-pressed", byRank);
    rebuild();
  }, { "aria-pressed": String(byRank), class: held(), "data-act": "by-rank" });
  host.append(viewHead("Ranking", find.element, toggle));
  const build = () => {
    const grouped = !byRank && Boolean(store.state.plan);
    return new Grid(host, {
      label: "Ranking", rows: rowsOf(byRank), columns: columnsOf(host), ...(grouped ? { groups: ["start", "wait", "unscored"], heading: groupHead } : {}),
      opens: (row) => openEpic(row.id), moves: ({ id }) => tell("chosen", id), rowClass: (row) => row.id === store.selected,
    });
  };
  grid = build();
  let drawn = shape();
  const again = () => (toggle.className = held(), redraw());
  const redraw = () => (shape() === drawn ? grid.setRows(rowsOf(byRank)) : rebuild());
  const rebuild = () => {
    const { cursor, element } = grid;
    const focus = element.contains(document.activeElement);
    drawn = shape();
    grid.destroy();
    grid = build();
    if (cursor) grid.select(cursor.id, cursor.field, { focus });
    else if (focus) grid.element.focus({ preventScroll: true });
  };
  return {
    find: find.focus,
    state: again,
    planned: again,
    sure: again,
    edited: ({ touched }) => (touched.size > 40 || [...touched].some((id) => store.moved.has(id)) ? grid.setRows(rowsOf(byRank)) : grid.refresh(touched)),
    selected: () => { grid.refresh(); if (store.selected) grid.select(store.selected); },
    resized: again,
    paper: () => grid.paper(),
    end: () => grid.destroy(),
  };
  function shape() {
    return `${Boolean(store.state.plan)}/${store.state.portfolio.periods.length}/${breadth(host)}/${store.sure.size > 0}/${values().unit}`;
  }
}

/** The button keeps its place until there is a plan, so that nothing moves when it comes. */
const held = () => (store.state.plan ? "" : "held");

function breadth(host) {
  return host.clientWidth < 620 ? "small" : host.clientWidth < 1000 ? "middle" : "wide";
}

function columnsOf(host) {
  const { portfolio, plan, score } = store.state;
  const size = breadth(host);
  const largest = Math.max(0, ...store.state.epics.map(scoreOf).filter((value) => typeof value === "number"));
  const periods = portfolio.periods.length;
  const figures = scoreFigures(store.state.epics.map(scoreOf));
  const worth = values();
  return [
    { field: "rank", title: "#", width: size === "small" ? 62 : 78, content: rankNode, sort: ({ epic }) => epic.rank, text: ({ epic }) => String(epic.rank ?? "") },
    { field: "title", title: "Epic", grow: size === "middle" ? 5 : 3, least: size === "small" ? 150 : 200, content: epicNode, open: true, sort: ({ epic }) => epic.title, text: ({ epic }) => `${epic.id} ${epic.title ?? ""}` },
    { field: "score", title: score.heading, width: { small: 74, middle: 132, wide: 168 }[size], content: ({ epic, line }) => scoreNode(scoreOf(epic), largest, isIn(line), figures), sort: ({ epic }) => scoreOf(epic), text: ({ epic }) => String(scoreOf(epic) ?? "") },
    ...([...store.sure.values()].some(({ ranks }) => ranks) ? [
      { field: "ranks", title: "Ranks", hint: store.sureWords, width: 84, content: ({ id }) => ranksOf(id), text: ({ id }) => ranksOf(id) },
      ...(store.sureTop && size === "wide" ? [{ field: "funded", title: store.sureTop, hint: store.sureWords, width: 118, align: "right", content: ({ id }) => fundedOf(id), text: ({ id }) => fundedOf(id) }] : []),
    ] : []),
    ...(plan && size !== "small" ? [{ field: "when", title: "When", width: periods === 1 ? 90 : Math.min(210, 32 + periods * 17), content: ({ line }) => whenNode(line), sort: ({ line }) => (line?.start ? portfolio.periods.indexOf(line.start) : null), text: ({ line }) => line?.start ?? "" }] : []),
    ...(plan && size === "wide" ? [{ field: "value", title: worth.unit ? `Value, ${worth.unit}` : "Value", width: Math.max(100, 92 + 9 * worth.unit.length), align: "right", content: ({ line }) => (line?.value ? worth.of(line.value) : ""), sort: ({ line }) => line?.value || null, text: ({ line }) => String(line?.value ?? "") }] : []),
    ...(plan && size !== "small" ? [{ field: "why", title: "Why", grow: size === "middle" ? 3 : 4, least: 150, open: true, content: ({ line }) => h("span", { class: "text soft", title: line?.reason }, why(line)), text: ({ line }) => line?.reason ?? "" }] : []),
  ];
}

/** The reason in short: when and how much stand in columns of their own. */
const why = (line) => capital(!line?.reason ? "" : isIn(line) ? [line.reason.split(":")[0], ageOf(line)].filter(Boolean).join(", ") : line.reason.replace(/^Waits: /, ""));
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** How the values of all epics are written: in the same unit. */
const values = () => alike([...store.decisions.values()].map(({ value }) => value || null), store.state.portfolio.unit ?? "");

const ranksOf = (id) => store.sure.get(id)?.ranks ?? "";
const fundedOf = (id) => store.sure.get(id)?.funded ?? "";

const scoreOf = (epic) => epic[store.state.score.key ?? "wsjf"] ?? epic.score ?? null;

function rowsOf(byRank) {
  const rows = store.state.epics.map((epic) => {
    const line = store.decisions.get(epic.id);
    return { id: epic.id, epic, line, group: isIn(line) ? "start" : epic.rank ? "wait" : "unscored", tie: "" };
  });
  rows.sort((one, other) => (one.epic.rank ?? 1e9) - (other.epic.rank ?? 1e9));
  const lists = byRank || !store.state.plan ? [rows] : ["start", "wait"].map((group) => rows.filter((row) => row.group === group));
  for (const list of lists) list.forEach((row, place) => { row.tie = tieOf(list, place); });
  return rows;
}

function tieOf(rows, place) {
  const value = scoreOf(rows[place].epic);
  if (value === null) return "";
  const equal = (other) => other && scoreOf(other.epic) !== null && Math.abs(scoreOf(other.epic) - value) < 1e-9;
  const before = equal(rows[place - 1]), after = equal(rows[place + 1]);
  return before && after ? "middle" : before ? "last" : after ? "first" : "";
}

function groupHead(group, count, rows) {
  const { words, plan, score } = store.state;
  const noun = count === 1 ? words.epic.one : words.epic.many;
  if (!count) return h("span", { class: "group-none" });
  const on = group === "start" ? rows.filter(({ line }) => line.decision !== "start").length : 0;
  const begins = on ? "in the plan" : count === 1 ? words.start?.one ?? "starts" : words.start?.many ?? "start";
  if (group === "start") return h("span", { class: "group-head" }, icon("good"), `${figure(count)} ${noun} ${begins}${on ? `, ${figure(on)} of them in progress` : ""}`, h("span", { class: "soft" }, short(plan?.outcome?.value, store.state.portfolio.unit)));
  if (group === "wait") return h("span", { class: "group-head cut-line" }, `Cut line: ${figure(count)} ${noun} ${count === 1 ? "waits" : "wait"}`);
  return h("span", { class: "group-head" }, icon("warn"), `${figure(count)} ${noun} not scored`, h("span", { class: "soft" }, `without ${score.heading} until ${rows.length === 1 ? "its" : "their"} scores are filled in`));
}
