// The line of state: what the plan is worth, how near it is to the best, whether it is getting better, and how to stop it.

import { button, fill, h } from "./dom.js";
import { claim, short } from "./format.js";
import { plan, stop } from "./jobs.js";
import { post } from "./api.js";
import { banner, complain } from "./notes.js";
import { may, on, store, tell } from "./store.js";

let figure, words, search, better, began = 0, timer = null;

/** Builds the line once; later only its words change, so that nothing moves. */
export function buildStatus() {
  figure = h("span", { class: "figure" });
  words = h("span", { class: "claim" });
  search = h("span", { class: "search" });
  better = h("span", { class: "better", hidden: true });
  fill(document.getElementById("status"), h("span", { class: "worth" }, figure, words), search, better);
  for (const topic of ["state", "planned", "edited", "event:job", "offline"]) on(topic, draw);
  on("event:progress", (progress) => { store.progress = progress; draw(); });
}

function draw() {
  const { state } = store;
  if (!state) return;
  const { outcome } = state.plan ?? {};
  const running = state.job && ["waiting", "running"].includes(state.job.state ?? "running") && state.job.kind === "plan" ? state.job : null;
  const progress = running && store.progress?.job === running.id && store.progress.value !== null && store.progress.value !== undefined ? store.progress : null;
  const shown = outcome?.value ?? null;
  const value = shown ?? progress?.value ?? null;
  store.found = progress && shown !== null && progress.value > shown * (1 + 1e-6) ? progress.value : null;
  figure.textContent = value === null ? "" : short(value, state.portfolio.unit);
  words.textContent = shown === null && progress ? claim({ claim: "best found", gap: progress.gap }) : outcome ? claim(outcome) : state.portfolio.can_plan ? "" : "ranks only";
  words.title = state.plan?.headline ?? "";
  drawSearch(running);
  drawStale(state, running);
}

function drawSearch(running) {
  if (running) {
    if (!timer) { began = performance.now(); timer = setInterval(tick, 500); }
    if (search.dataset.job !== String(running.id)) {
      search.dataset.job = String(running.id);
      fill(search, h("span", { class: "spinner", "aria-hidden": "true" }), h("span", { class: "words" }), button("Stop", () => stop(running.id), { icon: "stop", disabled: !may("score"), "data-act": "stop" }));
    }
    tick();
  } else {
    clearInterval(timer);
    timer = null;
    if (search.dataset.job !== "none") {
      search.dataset.job = "none";
      fill(search, button("Plan", () => plan(), { icon: "plan", "data-act": "plan", title: "Plan by the figures of now (p)" }));
    }
    search.firstElementChild.disabled = !may("score") || !store.state.portfolio.can_plan;
    search.hidden = !store.state.portfolio.can_plan;
  }
}

function tick() {
  const place = search.querySelector(".words");
  const seconds = Math.floor((performance.now() - began) / 1000);
  if (place) place.textContent = store.found ? `${short(store.found)} found, ${seconds} s` : `getting better, ${seconds} s`;
}

/** Says where the shown plan is of older figures, breaks rules by the new ones, or has a better one waiting. */
function drawStale(state, running) {
  const { plan: shown } = state;
  const errors = state.findings.filter(({ severity }) => severity === "error").length;
  const behind = shown ? state.revision - (shown.of_revision ?? state.revision) : 0;
  document.getElementById("view").classList.toggle("old-plan", Boolean(errors && shown));
  if (errors && shown) banner("stale", `The plan below is of ${shown.at ?? "before"}${behind > 0 ? `, ${behind === 1 ? "1 edit" : `${behind} edits`} ago` : ""}: ${errors === 1 ? "an error stops" : `${errors} errors stop`} the next one.`, "bad", "error");
  else if (shown?.outcome?.claim === "impossible" && !running) banner("stale", [h("span", { class: "grow" }, "No plan keeps all the rules."), button("What clashes?", () => tell("do", "impossible"), { "data-act": "clashes" })], "bad", "error");
  else if (shown && shown.holds === false && !running) banner("stale", [`By the figures of now the shown plan breaks a rule.`, button("Plan again", () => plan(), { disabled: !may("score") })], "bad", "error");
  else banner("stale", null);
  drawBetter(errors || running ? null : shown?.better);
}

/** A plan that is worth a little more is offered in the line of state, where its coming moves nothing. */
function drawBetter(offer) {
  better.hidden = !offer;
  if (offer && better.dataset.words !== offer.words) fill(better, h("span", { class: "better-words" }, offer.words), button("Show it", showBetter, { icon: "good", title: offer.words, "aria-label": `Show it: ${offer.words}` }));
  better.dataset.words = offer?.words ?? "";
  const show = better.querySelector("button");
  if (show) show.disabled = !may("score");
}

async function showBetter() {
  try {
    await post("/api/jobs", { kind: "show" });
  } catch (error) {
    complain(error);
  }
}

