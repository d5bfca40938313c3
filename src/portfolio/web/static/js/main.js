// The page: gets the state, draws the frame, shows a view, and keeps both true while others work on the same portfolio.

import { get } from "./api.js";
import { button, fill, h } from "./dom.js";
import { openDecisions } from "./decisions.js";
import { recall, resend, undo, waitingEdits } from "./edits.js";
import { listen, resumeFrom } from "./events.js";
import { counted, openFindings, openImpossible } from "./findings.js";
import { key, listenToKeys, showKeys, typing } from "./keys.js";
import { plan } from "./jobs.js";
import { aloud, banner, complain } from "./notes.js";
import { closePanel, openEpic } from "./panel.js";
import { askName, peopleButton } from "./people.js";
import { drawFile, drawUntaken, handOut, openSave } from "./save.js";
import { buildStatus } from "./status.js";
import { isIn, may, on, store, takeEdits, takePlan, takeState, tell } from "./store.js";
import { remind } from "./view_parts.js";
import { difference } from "./views/difference.js";
import { flow } from "./views/flow.js";
import { frontier } from "./views/frontier.js";
import { guardrails } from "./views/guardrails.js";
import { addEpic, inputs } from "./views/inputs.js";
import { load } from "./views/load.js";
import { ranking } from "./views/ranking.js";
import { roadmap } from "./views/roadmap.js";
import { score } from "./views/score.js";
import { valueAndDuration } from "./views/value_and_duration.js";
import { askWhatIf } from "./whatif.js";

const VIEWS = [score, ranking, roadmap, load, guardrails, difference, valueAndDuration, frontier, flow, inputs];
const LONGER = 60;
/** Milliseconds after which somebody who waits is told what for. */
const SOON = 150;

let shown = null, chosen = null, saveButton = null, fetching = null, lostAt = null;

async function begin() {
  const waiting = setTimeout(sayReading, SOON);
  try {
    takeState(await get("/api/state"));
  } catch (error) {
    return fill(document.getElementById("view"), h("div", { class: "empty" }, h("h2", {}, error.status === 401 ? "You have not joined yet" : "The page cannot begin"), error.status !== 401 && h("p", {}, error.message), h("p", {}, error.fix ?? "Ask the facilitator whether the server runs."),
      error.status === 401 ? null : button("Try again", () => location.reload(), { class: "main" })));
  } finally {
    clearTimeout(waiting);
  }
  store.crossed = new Map();
  buildTools();
  buildStatus();
  hear();
  keysOfThePage();
  tell("state", store.state);
  drawName();
  go(location.hash.slice(1) || remind("view") || "ranking", false);
  listen(store.state.event);
  recall();
  if (!store.state.you.name) askName(() => tell("you"));
  return undefined;
}

/** The server answers before it has read the file: a large one takes a moment. */
function sayReading() {
  fill(document.getElementById("view"), h("div", { class: "empty", role: "status" }, h("span", { class: "spinner" }), h("h2", {}, "Reading the portfolio"), h("p", {}, "The page fills as soon as the file is read.")));
}

function drawName() {
  const { portfolio } = store.state;
  document.getElementById("name").textContent = portfolio.name ?? "";
  document.getElementById("name").title = portfolio.name ?? "";
  document.title = `${portfolio.name ?? "Portfolio"} \u2013 ${VIEWS.find(({ name }) => name === store.view)?.title ?? ""}`;
}

function buildTools() {
  saveButton = button("Saved", openSave, { icon: "save", "data-act": "save" });
  fill(document.getElementById("tools"),
    button("What if", askWhatIf, { class: "quiet wide", disabled: !may("score"), "data-act": "what-if" }),
    button("", handOut, { class: "quiet square wide", icon: "share", "aria-label": "Hand out", title: "Hand out: report, slides, paper" }),
    button("", openDecisions, { class: "quiet square wide", icon: "gavel", "aria-label": "Decisions", title: "Decisions" }),
    saveButton, peopleButton(),
    button("", showKeys, { class: "quiet square wide", icon: "help", "aria-label": "Keys", title: "Keys (?)" }));
}

function drawTools() {
  const { unsaved } = store.state;
  saveButton.lastChild.textContent = unsaved ? `Save ${unsaved}` : "Saved";
  saveButton.setAttribute("aria-label", unsaved ? `Save ${unsaved} ${unsaved === 1 ? "change" : "changes"}` : "Saved");
  saveButton.classList.toggle("main", Boolean(unsaved));
}

function drawTabs() {
  const { errors, others } = counted();
  const findings = errors + others > 0 ? [h("a", { href: "#findings", "data-findings": "", onclick: (event) => { event.preventDefault(); openFindings(); } }, "Findings", h("span", { class: errors ? "count" : "count warn" }, String(errors || others)))] : [];
  const key = `${store.view}/${errors}/${others}`;
  const tabs = document.getElementById("tabs");
  if (tabs.dataset.key === key) return;
  tabs.dataset.key = key;
  fill(tabs, VIEWS.map((view) => h("a", { href: `#${view.name}`, "aria-current": view.name === store.view ? "page" : null, title: `g ${view.letter}` }, view.title)), findings);
}

function go(name, focus = true) {
  const view = VIEWS.find((one) => one.name === name) ?? ranking;
  if (store.view === view.name && shown) return;
  shown?.end?.();
  store.view = view.name;
  chosen = null;
  remind("view", view.name);
  if (location.hash.slice(1) !== view.name) history.replaceState(null, "", `#${view.name}`);
  const host = document.getElementById("view");
  fill(host);
  host.className = view.filled ? "view filled" : "view";
  host.scrollTop = 0;
  drawTabs();
  document.querySelector("#tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  drawName();
  shown = view.draw(host) ?? {};
  if (focus) host.focus({ preventScroll: true });
}

/** Draws the view anew: it had nothing to show before. */
function drawAgain() {
  const name = store.view;
  shown?.end?.();
  shown = null;
  go(name, false);
}

/** What the view does when something happens. */
function pass(topic, detail) {
  try {
    shown?.[topic]?.(detail);
  } catch (error) {
    console.error(error);
  }
}

function hear() {
  globalThis.addEventListener("hashchange", () => go(location.hash.slice(1)));
  for (const topic of ["state", "planned", "edited", "selected", "votes", "sure"]) on(topic, (detail) => pass(topic, detail));
  on("resized", () => requestAnimationFrame(() => pass("resized")));
  let width = 0;
  new ResizeObserver(([entry]) => { if (Math.abs(entry.contentRect.width - width) > 4) { width = entry.contentRect.width; pass("resized"); } }).observe(document.getElementById("view"));
  for (const topic of ["state", "edited", "saved-state"]) on(topic, () => { drawTools(); drawTabs(); });
  on("state", () => { if (shown && !shown.state) drawAgain(); });
  on("state", () => { drawFile(); drawUntaken(); drawName(); });
  on("chosen", (id) => { chosen = id; });
  on("open", (id) => openEpic(id));
  on("go", (name) => go(name));
  on("do", act);
  on("reload-state", refresh);
  on("event:edited", heardEdit);
  on("event:planned", heardPlan);
  on("event:sure", heardSure);
  on("state", ({ plan: now }) => { if (now?.sure) heardSure(); });
  on("event:job", (job) => { if (job.kind === "plan") tell("planned-job", job); });
  on("event:focus", (detail) => { store.state.focus = detail; pass("focus", detail); });
  on("event:votes", ({ votes }) => { store.state.votes = votes; tell("votes"); });
  on("event:reload", refresh);
  on("event:closing", ({ message }) => banner("closing", message ?? "The server has ended.", "bad", "error"));
  on("event:decided", (one) => aloud(`${one.by || "Somebody"} decided: ${one.subject} ${one.kind}.`));
  on("unreachable", lost);
  on("reachable", found);
  listenToPaste();
}

function heardEdit(detail) {
  const { state } = store;
  const mine = detail.by?.id === state.you.id;
  const unknown = detail.edits.some(({ at }) => at[0] === "epics" && !store.lookup.has(at[1])) || detail.epics?.length || detail.ranking?.some(({ id }) => !store.lookup.has(id));
  takeEdits({ ...detail, by: detail.by?.name });
  if (unknown || detail.reload) refresh();
  if (!mine && detail.edits.length) aloud(`${detail.by?.name || "Somebody"} changed ${detail.edits.length === 1 ? "a cell" : `${detail.edits.length} cells`}.`);
}

async function heardPlan() {
  const before = new Map([...(store.decisions ?? [])].map(([id, line]) => [id, isIn(line)]));
  try {
    const part = await get("/api/state?part=plan,agreed,findings,portfolio");
    Object.assign(store.state, { agreed: part.agreed, findings: part.findings ?? store.state.findings, portfolio: part.portfolio ?? store.state.portfolio });
    store.crossed = crossings(before, part.plan);
    takePlan(part.plan);
    drawTabs();
  } catch { /* the next event, or the connection's return, brings it */ }
}

/** How sure the plan is came later than the plan: nobody waited for it. */
async function heardSure() {
  try {
    const view = await get("/api/views/ranking");
    store.sure = new Map((view.sure || view.kept ? view.rows : []).filter(({ ranks, kept }) => ranks || kept).map((row) => [row.id, row]));
    Object.assign(store, { sureRanks: view.ranks ?? "", sureTop: view.top ?? "", sureWords: (view.sure ?? []).join(" "), keptWords: view.kept ?? "" });
    tell("sure");
  } catch { /* the next event, or the connection's return, brings it */ }
}

function crossings(before, now) {
  const crossed = new Map();
  if (!before.size) return crossed;
  for (const line of now?.epics ?? []) {
    const was = before.get(line.id);
    if (was !== undefined && was !== isIn(line)) crossed.set(line.id, was ? "out" : "in");
  }
  return crossed;
}

/** Gets the whole state again; several wishes at once are one. */
async function refresh() {
  if (fetching) return fetching;
  fetching = (async () => {
    try {
      const state = await get("/api/state");
      resumeFrom(state.event);
      takeState(state);
    } catch (error) {
      if (error.status) complain(error);
    }
    fetching = null;
  })();
  return fetching;
}

function lost() {
  if (lostAt) return;
  lostAt = setTimeout(() => {
    store.offline = true;
    document.body.classList.add("offline");
    const kept = waitingEdits();
    banner("connection", [h("span", { class: "grow" }, "The connection is lost. Fields are locked until it is back", kept ? `; ${kept === 1 ? "1 cell that was typed is" : `${kept} cells that were typed are`} kept and sent again.` : ".")], "bad", "error");
    tell("offline");
    pass("edited", { edits: [], touched: new Set(store.lookup.keys()) });
  }, 700);
}

async function found() {
  if (!lostAt) return;
  clearTimeout(lostAt);
  lostAt = null;
  banner("closing", null);
  if (!store.offline) return resend();
  store.offline = false;
  document.body.classList.remove("offline");
  banner("connection", null);
  tell("offline");
  resend();
  await refresh();
}

function act(what) {
  const acts = { "add-epic": addEpic, inputs: () => go("inputs"), score: () => go("score"), plan: () => plan(), longer: () => plan(LONGER), whatif: askWhatIf, findings: openFindings, impossible: openImpossible, frontier: () => pass("frontier") };
  acts[what]?.();
}

function keysOfThePage() {
  for (const view of VIEWS) key(`g ${view.letter}`, view.title, () => go(view.name));
  key("/", "find", () => shown?.find?.());
  key("w", "why", () => { const id = chosen ?? store.selected; if (id) openEpic(id, { ask: may("score") }); });
  key("p", "plan", () => may("score") && plan());
  key("Ctrl+z", "undo my last edit", undo);
  key("Ctrl+s", "save", openSave);
  key("?", "this list", showKeys);
  key("Escape", null, () => closePanel());
  listenToKeys();
}

function listenToPaste() {
  document.addEventListener("paste", (event) => {
    if (typing(event.target) || document.querySelector("dialog[open]") || !shown?.paste) return;
    const text = event.clipboardData?.getData("text/plain");
    if (!text) return;
    event.preventDefault();
    if (may("score")) shown.paste(text);
  });
  globalThis.addEventListener("beforeprint", () => {
    if (document.querySelector(".print-table")) return;
    const paper = shown?.paper?.();
    if (paper) document.getElementById("view").append(paper);
  });
  globalThis.addEventListener("afterprint", () => document.querySelector(".print-table")?.remove());
}

begin();
