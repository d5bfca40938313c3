// Inputs: every field that has a cell: epics, capacity and budgets, guardrails, settings; a formula is shown and closed.

import { post } from "../api.js";
import { effortFields, fieldColumn, textOf } from "../cells.js";
import { button, fill, h, icon } from "../dom.js";
import { dialog, labelled } from "../dialog.js";
import { edit, newName, undoButton } from "../edits.js";
import { Grid } from "../grid.js";
import { complain, note } from "../notes.js";
import { readCell } from "../numbers.js";
import { openEpic } from "../panel.js";
import { paste, typing } from "../scoring.js";
import { heading, may, store, tell } from "../store.js";
import { findBox, nothingThere, remind, viewHead } from "../view_parts.js";

export const inputs = { name: "inputs", title: "Inputs", letter: "i", filled: true, draw };

const PARTS = { epics: "Epics", value_streams: "Value streams", guardrails: "Guardrails", settings: "Settings" };
const LEVELS = ["at_least", "at_most", "price"];

function draw(host) {
  let part = remind("inputs-part") ?? "epics", shown = null;
  const { words } = store.state;
  const names = { ...PARTS, epics: headed(words.epic.many), value_streams: headed(words.value_stream.many) };
  const tabs = h("div", { class: "segments", role: "group", "aria-label": "What to edit" });
  const find = findBox((test) => shown.grid?.filter(test && ((row) => test(`${row.id} ${row.epic.title ?? ""}`))));
  host.append(viewHead("Inputs", tabs, h("div", { class: "row tools-row" }, find.element, button(`Add ${words.epic.one}`, addEpic, { icon: "add", disabled: !may("score"), "data-act": "add-epic" }), undoButton())));
  const place = h("div", { class: "fill inputs-part" });
  host.append(place);
  const choose = (name) => {
    part = name;
    remind("inputs-part", name);
    shown?.end?.();
    fill(place);
    fill(tabs, Object.entries(names).map(([key, text]) => h("button", { type: "button", "aria-pressed": String(key === part), onclick: () => choose(key) }, text)));
    find.element.hidden = part !== "epics";
    shown = { epics: epicsPart, value_streams: streamsPart, guardrails: railsPart, settings: settingsPart }[part](place);
  };
  choose(Object.hasOwn(PARTS, part) ? part : "epics");
  return {
    paper: () => shown.grid?.paper(),
    paste: (text) => shown.grid && paste(shown.grid, text),
    find: () => shown.grid && find.focus(),
    state: () => choose(part),
    edited: (detail) => shown.edited?.(detail),
    planned: () => {},
    end: () => shown?.end?.(),
  };
}

/** Asks for the ID and title of a new epic. */
export function addEpic() {
  const { words, epics } = store.state;
  const id = h("input", { value: nextId(epics), maxlength: 100, autofocus: true, required: true }), title = h("input", { maxlength: 500 });
  dialog(`Add ${words.epic.one}`, [labelled("ID", id, "It names the row in every sheet; it cannot be changed here later."), labelled("Title", title)], [{ text: "Cancel" }, { text: "Add", main: true, act: async () => {
    try {
      await post("/api/epics", { request: newName(), id: id.value.trim(), fields: title.value.trim() ? { title: title.value.trim() } : {} });
      note(`${id.value.trim()} is added at the end.`);
      tell("reload-state");
    } catch (error) {
      complain(error);
      return false;
    }
    return undefined;
  } }]);
}

function nextId(epics) {
  const last = epics.map(({ id }) => /^(.*?)(\d+)$/.exec(id)).filter(Boolean).reduce((most, found) => (!most || Number(found[2]) > Number(most[2]) ? found : most), null);
  return last ? `${last[1]}${String(Number(last[2]) + 1).padStart(last[2].length, "0")}` : "EP-1";
}

const headed = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

function epicsPart(place) {
  const { state } = store;
  if (!state.epics.length) { place.append(nothingThere("epics")); return {}; }
  const used = [...state.fields, ...effortFields()];
  const rows = () => store.state.epics.map((epic) => ({ id: epic.id, epic }));
  const small = place.clientWidth < 620;
  const grid = new Grid(place, {
    label: "Epics", wide: true, rows: rows(), typed: typing(), opens: (row) => openEpic(row.id), moves: ({ id }) => tell("chosen", id),
    columns: [
      { field: "id", title: "ID", width: 110, frozen: !small, content: ({ epic }) => epic.id, sort: ({ epic }) => epic.id, text: ({ epic }) => epic.id },
      ...used.map((field) => fieldColumn(field, { grow: 0, width: field.name === "title" ? 260 : widthOf(field), frozen: !small && field.name === "title" })),
    ],
  });
  return { grid, edited: ({ touched }) => grid.refresh(touched), end: () => grid.destroy() };
}

const widthOf = (field) => Math.max(field.kind === "text" || field.kind === "choice" ? 150 : 104, 44 + field.heading.length * 8.4);

/** A field for one cell of the portfolio that sends what is typed. */
function cellInput(at, value, { kind = "number", name, label, closed = false, choices } = {}) {
  const field = { name, heading: label, kind, choices };
  const open = may("score") && !closed;
  const input = choices ? h("select", { disabled: !open, "aria-label": label }, ["", ...choices].map((choice) => h("option", { value: choice, selected: choice === (value ?? "") }, choice)))
    : h("input", { value: textOf(value, field), readOnly: !open, "aria-label": label, class: kind === "text" || kind === "date" ? "text" : "", inputmode: kind === "number" ? "decimal" : undefined, autocomplete: "off", "data-at": JSON.stringify(at), title: closed ? "A formula makes this figure; change it in the workbook." : undefined });
  input.addEventListener("change", async () => {
    const read = readCell(input.value, field);
    if (read.refused) { note(`${label}: ${read.refused}`, { bad: true }); input.value = textOf(value, field); return; }
    const answer = await edit([{ at, to: read.value }]);
    if (!answer || answer.refused?.length) input.value = textOf(value, field);
  });
  return input;
}

function redrawOnEdit(place, build) {
  const body = h("div", { class: "inputs-scroll stack" });
  place.append(body);
  const draw = () => { if (!body.contains(document.activeElement)) fill(body, build()); };
  fill(body, build());
  return { edited: ({ edits }) => {
    for (const { at, to } of edits ?? []) {
      const input = body.querySelector(`[data-at="${CSS.escape(JSON.stringify(at))}"]`);
      if (input && input !== document.activeElement) { input.value = textOf(to, {}); input.closest("td")?.classList.add("edited"); }
    }
    setTimeout(draw, 0);
  } };
}

function streamsPart(place) {
  return redrawOnEdit(place, () => {
    const { value_streams: streams, portfolio, words } = store.state;
    if (!streams.length) return h("div", { class: "empty" }, h("h2", {}, `No ${words.value_stream.many} yet`), h("p", {}, "Fill in the sheets Value streams and Capacity of the workbook and save it; the page takes them in."), h("a", { class: "button", href: "/download/workbook", download: "" }, icon("save"), "Download the workbook"));
    const closed = (stream, name) => stream.computed?.includes(name);
    const edited = (stream, name) => (stream.edited?.includes(name) ? "number edited" : "number");
    const byPeriod = (name, caption) => streams.some((stream) => stream[name]) && h("div", { class: "scroll-x" }, h("table", { class: "plain", "data-table": name }, h("caption", {}, caption),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, headed(words.value_stream.one)), portfolio.periods.map((period) => h("th", { scope: "col", class: "number" }, period)))),
      h("tbody", {}, streams.map((stream) => h("tr", {}, h("th", { scope: "row" }, stream.name ?? stream.id), portfolio.periods.map((period, number) => h("td", { class: edited(stream, `${name}/${period}`) },
        cellInput(["value_streams", stream.id, name, period], stream[name]?.[number], { label: `${caption} of ${stream.id} in ${period}`, closed: closed(stream, `${name}/${number}`) }))))))));
    const own = ["wip_limit", "cost_per_unit", "max_budget_shift"].filter((name) => name === "wip_limit" || streams.some((stream) => stream[name] !== undefined && stream[name] !== null));
    return [
      byPeriod("capacity", "Capacity"), byPeriod("budget", "Budget"),
      h("div", { class: "scroll-x" }, h("table", { class: "plain" }, h("caption", {}, "Limits and rates"), h("thead", {}, h("tr", {}, h("th", { scope: "col" }, headed(words.value_stream.one)), own.map((name) => h("th", { scope: "col", class: "number" }, heading(name))))),
        h("tbody", {}, streams.map((stream) => h("tr", {}, h("th", { scope: "row" }, stream.name ?? stream.id), own.map((name) => h("td", { class: edited(stream, name) }, cellInput(["value_streams", stream.id, name], stream[name], { label: `${heading(name)} of ${stream.id}`, closed: closed(stream, name), kind: name === "max_budget_shift" ? "share" : "number" })))))))),
    ];
  });
}

function railsPart(place) {
  return redrawOnEdit(place, () => {
    const { guardrails } = store.state;
    if (!guardrails.length) return h("div", { class: "empty" }, h("h2", {}, "No guardrails of your own"), h("p", {}, "Write one on the sheet Guardrails of the workbook: what is measured, where, and how much at least or at most."));
    return h("div", { class: "scroll-x" }, h("table", { class: "plain" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Guardrail"), h("th", { scope: "col" }, "Measures"), LEVELS.map((name) => h("th", { scope: "col", class: "number" }, heading(name))), h("th", { scope: "col" }, "Enforce"))),
      h("tbody", {}, guardrails.map((rail) => h("tr", {}, h("th", { scope: "row" }, rail.name), h("td", { class: "soft wrap" }, measured(rail)),
        LEVELS.map((name) => h("td", { class: rail.edited?.includes(name) ? "number edited" : "number" }, cellInput(["guardrails", rail.name, name], rail[name], { label: `${heading(name)} of ${rail.name}`, closed: rail.computed?.includes(name), kind: rail.of && name !== "price" ? "share" : "number" }))),
        h("td", {}, cellInput(["guardrails", rail.name, "enforce"], rail.enforce ?? "hard", { label: `Enforce ${rail.name}`, kind: "choice", choices: ["hard", "soft"] })))))));
  });
}

function measured(rail) {
  const where = Object.entries(rail.where ?? {}).map(([name, values]) => `${name} ${[values].flat().join(" or ")}`).join(", ");
  return [rail.measure, where && `of ${where}`, rail.per?.length ? `per ${[rail.per].flat().join(", ")}` : "", rail.of ? `as a share of ${rail.of === "selected" ? "what is selected" : rail.of}` : ""].filter(Boolean).join(" ");
}

function settingsPart(place) {
  return redrawOnEdit(place, () => {
    const { settings, settings_edited: edited = [] } = store.state;
    const shown = Object.entries(settings).filter(([, value]) => value === null || typeof value !== "object");
    return h("div", { class: "scroll-x" }, h("table", { class: "plain settings" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Setting"), h("th", { scope: "col" }, "Value"))), h("tbody", {}, shown.map(([name, value]) =>
      h("tr", {}, h("th", { scope: "row" }, heading(name)), h("td", { class: edited.includes(name) ? "edited" : "" }, cellInput(["settings", name], value, { label: heading(name), kind: typeof value === "number" || /limit|threshold|rate|value|weeks|reserve/.test(name) && typeof value !== "string" ? "number" : "text" })))))));
  });
}
