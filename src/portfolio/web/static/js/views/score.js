// Score: one column at a time. Who is smallest? It gets 1, the others are sized against it.

import { post } from "../api.js";
import { addressOf, epicNode, fieldColumn, held, isComputed, rankNode, scoreFigures, scoreNode } from "../cells.js";
import { fill, h, icon } from "../dom.js";
import { edit, undoButton } from "../edits.js";
import { figure } from "../format.js";
import { Grid } from "../grid.js";
import { openEpic } from "../panel.js";
import { paste, typing } from "../scoring.js";
import { isIn, may, store, tell } from "../store.js";
import { findBox, nothingThere, remind, viewHead } from "../view_parts.js";
import { drawVotes, pick, voting } from "../votes.js";

export const score = { name: "score", title: "Score", letter: "s", filled: true, draw };

function draw(host) {
  const { state } = store;
  if (!state.epics.length) return host.append(nothingThere("epics"));
  if (!state.score.fields.length) {
    host.append(viewHead("Score"), h("div", { class: "empty" }, h("h2", {}, "Here the order of the sheet ranks"), h("p", {}, "No scores are asked for: what stands first is first. Move rows in the workbook.")));
    return undefined;
  }
  const fields = scoredFields();
  let column = fields.find((field) => field.name === remind("score-column")) ?? fields[0];
  let grid = null, shownTo = 0, whom = null;
  const answers = typing();
  const typed = { ...answers, digit: (sign, cursor, row) => (voting.on ? votes.digit(sign, cursor, row) : answers.digit(sign, cursor, row)), set: answers.set };
  const votes = voteKeys();
  const find = findBox((test) => grid.filter(test && ((row) => test(`${row.id} ${row.epic.title ?? ""}`))));
  const tabs = h("div", { class: "segments", role: "group", "aria-label": "Column to score" });
  const missing = h("span", { class: "soft" });
  const follow = h("button", { type: "button", "aria-pressed": "false", title: "Everybody\u2019s page follows the cell that is discussed", onclick: () => follow.setAttribute("aria-pressed", String(follow.getAttribute("aria-pressed") !== "true")) }, may("decide") ? "Show my cell to all" : "Follow");
  host.append(viewHead("Score", tabs, h("div", { class: "row tools-row" }, find.element, follow, undoButton())));
  const place = h("div", { class: "fill score-grid" });
  const keys = h("div", { class: "score-keys", role: "toolbar", "aria-label": "Values of the scale" });
  host.append(place, keys);

  const choose = (field, move = true) => {
    column = field;
    remind("score-column", field.name);
    fill(tabs, fields.map((one) => h("button", { type: "button", "aria-pressed": String(one === column), onclick: () => choose(one) }, one.heading)));
    for (const head of place.querySelectorAll(".tabulator-col")) head.classList.toggle("focus-column", head.getAttribute("tabulator-field") === column.name);
    for (const cell of place.querySelectorAll(".tabulator-cell")) cell.classList.toggle("focus-column", cell.getAttribute("tabulator-field") === column.name);
    if (host.clientWidth < 620) grid?.showOnly(fields.map((one) => one.name), column.name);
    if (move && grid?.cursor) grid.select(grid.cursor.id, column.name);
    drawKeys();
  };

  const moved = (cursor) => {
    const field = fields.find((one) => one.name === cursor.field);
    if (field && field !== column) choose(field, false);
    drawKeys();
    tell("chosen", cursor.id);
    if (may("decide") && follow.getAttribute("aria-pressed") === "true") {
      clearTimeout(shownTo);
      shownTo = setTimeout(() => post("/api/focus", { at: ["epics", cursor.id, column.name] }).catch(() => {}), 120);
    }
  };

  function voteKeys() {
    return { digit: (sign, cursor, row) => {
      const values = store.state.scale ?? [];
      const value = values.find((one) => String(one) === sign) ?? values.find((one) => String(one).startsWith(sign));
      if (value === undefined) return true;
      pick(row.id, cursor.field, value).then(drawKeys);
      return true;
    } };
  }

  const drawKeys = () => {
    const { scale } = store.state;
    const epic = grid?.cursor ? store.lookup.get(grid.cursor.id) : null;
    const place1 = fields.indexOf(column) + 1;
    const cells = store.state.epics.map((one) => held(one, column));
    const empty = cells.filter((value) => value === null || value === undefined).length;
    const noOne = scale?.includes(1) && empty < cells.length && !cells.includes(1);
    const open = epic && may("score") && !isComputed(epic, column);
    const current = epic ? held(epic, column) : null;
    const voteHost = h("span", { class: "votes row" });
    fill(keys,
      h("div", { class: "score-what" }, h("b", {}, column.heading), h("span", { class: "soft" }, ` ${place1} of ${fields.length}`), epic && h("span", { class: "soft score-epic" }, ` \u00b7 ${epic.id} ${epic.title ?? ""}`)),
      h("div", { class: "scale" }, (scale ?? []).map((value) => h("button", { type: "button", class: "scale-key", disabled: !open, "aria-pressed": String(current === value), "data-value": value, onclick: () => give(value) }, figure(value))),
        h("button", { type: "button", class: "quiet", disabled: !open || current === null || current === undefined, onclick: () => give(null), title: "Blank, not 0 (Delete)" }, "Blank")),
      noOne ? h("span", { class: "chip warn" }, icon("warn"), "no 1 yet: who is smallest?") : empty > 0 ? h("span", { class: "chip" }, `${figure(empty)} still blank`) : h("span", { class: "chip good" }, icon("good"), "column complete"),
      voteHost,
      h("label", { class: "vote-switch" }, h("input", { type: "checkbox", checked: voting.on, disabled: !may("score"), onchange: (event) => { voting.on = event.target.checked; drawKeys(); } }), "Hidden votes"));
    if (epic) drawVotes(voteHost, { epic: epic.id, field: column.name });
  };

  function give(value) {
    const { id } = grid.cursor;
    if (voting.on && value !== null) pick(id, column.name, value).then(drawKeys);
    else edit([{ at: addressOf(id, column), to: value }]);
    grid.element.focus({ preventScroll: true });
  }

  grid = new Grid(place, { label: "Scores", rows: rowsOf(), columns: columnsOf(fields, host), typed, moves: moved, opens: (row) => openEpic(row.id) });
  grid.ready.then(() => {
    choose(column, false);
    const start = store.selected ?? store.state.focus?.at?.[1] ?? store.state.epics[0].id;
    grid.select(start, column.name);
  });
  missing.remove();
  return {
    grid,
    paper: () => grid.paper(),
    paste: (text) => paste(grid, text),
    find: find.focus,
    state: () => { grid.setRows(rowsOf()); drawKeys(); },
    planned: () => {},
    edited: ({ touched }) => { grid.refresh(touched.size > 60 ? null : touched); choose(column, false); },
    votes: drawKeys,
    focus: ({ at, by }) => {
      for (const marked of place.querySelectorAll(".others-here")) marked.classList.remove("others-here");
      if (at?.[0] !== "epics" || by?.id === store.state.you.id) return;
      whom = by;
      if (!may("decide") || follow.getAttribute("aria-pressed") === "true") {
        const field = fields.find((one) => one.name === at[2]);
        if (field && !grid.input) { choose(field, false); grid.select(at[1], field.name).then(() => grid.cellAt(at[1], field.name)?.setAttribute("title", `${whom.name} is here`)); }
      } else grid.cellAt(at[1], at[2])?.classList.add("others-here");
    },
    selected: () => {},
    resized: () => grid.redraw(),
    end: () => { answers.settle(); grid.destroy(); },
  };
}

/** The columns that scores are made of, as fields. */
export function scoredFields() {
  const { score: by, fields } = store.state;
  return by.fields.map((name, place) => {
    const known = fields.find((field) => field.name === name) ?? { name, heading: by.headings?.[place] ?? name, kind: "number" };
    return { ...known, kind: known.kind === "text" || known.criterion ? "number" : known.kind, scored: true };
  });
}

function rowsOf() {
  return store.state.epics.map((epic) => ({ id: epic.id, epic, tie: "", line: store.decisions.get(epic.id) }));
}

function columnsOf(fields, host) {
  const { score: by } = store.state;
  const key = by.key ?? "wsjf";
  const small = host.clientWidth < 620;
  const largest = () => Math.max(...store.state.epics.map((epic) => epic[key] ?? 0));
  const figures = scoreFigures(store.state.epics.map((epic) => epic[key]));
  return [
    { field: "rank", title: "#", width: small ? 58 : 78, content: rankNode, sort: ({ epic }) => epic.rank, text: ({ epic }) => String(epic.rank ?? "") },
    { field: "title", title: "Epic", grow: 3, least: small ? 130 : 200, content: epicNode, sort: ({ epic }) => epic.title, text: ({ epic }) => `${epic.id} ${epic.title ?? ""}` },
    ...fields.map((field) => fieldColumn(field, { width: small ? 156 : Math.max(104, 44 + Math.round(field.heading.length * 8.4)), least: 70 })),
    ...(small ? [] : [{ field: "score", title: by.heading, width: 150, content: ({ epic, line }) => scoreNode(epic[key], largest(), isIn(line), figures), sort: ({ epic }) => epic[key], text: ({ epic }) => String(epic[key] ?? "") }]),
  ];
}
