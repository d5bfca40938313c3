// Frontier: what a figure is worth over its steps, today's point, and what the next step brings.

import { axis, chart, chartText, tooltip } from "../charts.js";
import { button, fill, h } from "../dom.js";
import { claim, figure, short, signed } from "../format.js";
import { run, stop } from "../jobs.js";
import { complain } from "../notes.js";
import { may, store } from "../store.js";
import { serverView } from "../server_view.js";
import { plainTable, withoutPlan } from "../view_parts.js";

export const frontier = { name: "frontier", title: "Frontier", letter: "f", draw };

function draw(host) {
  let drawn = null;
  const ask = askBar(() => shown.again(), (busy) => { for (const other of host.querySelectorAll(".empty button")) other.disabled = busy; });
  const shown = serverView(host, "frontier", (view) => {
    drawn?.then((one) => one.end());
    const place = h("div", { class: "canvas", role: "img", "aria-label": `${view.headline} The table below has every figure.` });
    drawn = Promise.resolve().then(() => chart(place, (paint) => options(view, paint)));
    return [h("p", { class: "view-note" }, view.headline), place, table(view)];
  });
  const without = withoutPlan();
  if (!without) host.querySelector(".view-head").after(ask.element);
  return { ...shown, frontier: ask.go, end: () => { shown.end(); drawn?.then((one) => one.end()); } };
}

function askBar(again, hold) {
  const { value_streams: streams, guardrails } = store.state;
  const budgets = streams.some((stream) => stream.budget?.some((amount) => amount !== null));
  const figures = [...(budgets ? ["budget"] : []), "capacity", ...streams.slice(0, 30).map((stream) => `capacity of ${stream.id}`), ...guardrails.slice(0, 20).filter((rail) => [rail.at_least, rail.at_most].filter((level) => level !== null && level !== undefined).length === 1).map((rail) => `guardrail ${rail.name}`)];
  const what = h("select", { "aria-label": "Figure to vary" }, figures.map((name) => h("option", { value: name }, name)));
  const from = h("input", { class: "short", value: "80%", "aria-label": "From" }), to = h("input", { class: "short", value: "120%", "aria-label": "To" }), by = h("input", { class: "short", value: "10%", "aria-label": "By" });
  const state = h("span", { class: "row" });
  const go = async () => {
    fill(state, h("span", { class: "spinner" }), h("span", { class: "soft" }, "Planning each step\u2026"));
    begin.disabled = true;
    hold(true);
    try {
      const { id, done } = await run({ kind: "frontier", vary: `${what.value} ${from.value}..${to.value} by ${by.value}` });
      state.append(button("Stop", () => stop(id)));
      const job = await done;
      if (job.message) complain({ message: job.message, fix: job.fix });
      again();
    } catch (error) {
      complain(error);
    }
    begin.disabled = !may("score");
    hold(begin.disabled);
    fill(state);
  };
  const begin = button("Draw it", go, { class: "main", disabled: !may("score") });
  return { go, element: h("div", { class: "row ask-bar" }, "Vary", what, "from", from, "to", to, "by", by, begin, state) };
}

function options(view, paint) {
  const known = view.steps.filter((step) => step.outcome.value !== null);
  const points = known.map((step) => [step.amount, step.outcome.value]);
  const bounds = known.filter((step) => step.outcome.bound !== null).map((step) => [step.amount, step.outcome.bound]);
  return {
    grid: { left: 96, right: 34, top: 34, bottom: 60 },
    tooltip: tooltip(paint, ({ value }) => (Array.isArray(value) ? `${chartText(view.figure)}: ${amountOf(view)(value[0])}\n${short(value[1], view.unit)}` : "")),
    xAxis: axis(paint, chartText(view.figure), { type: "value", scale: true, nameGap: 38, axisLabel: { color: paint.soft, fontSize: 14, hideOverlap: true, margin: 14, formatter: amountOf(view) } }),
    yAxis: axis(paint, `Value, ${view.unit}`, { type: "value", scale: true, nameGap: 76, axisLabel: { color: paint.soft, fontSize: 14, formatter: (value) => short(value) } }),
    series: [
      { type: "line", step: "end", data: bounds, symbol: "none", lineStyle: { color: paint.ghost, type: "dashed", width: 1.5 }, silent: true },
      { type: "line", step: "end", data: points, symbol: "circle", symbolSize: 9, lineStyle: { color: paint.hues[0], width: 2.5 }, itemStyle: { color: paint.hues[0] } },
      ...(view.today === null ? [] : [{ type: "line", data: [[Math.min(...points.map(([amount]) => amount)), view.today], [Math.max(...points.map(([amount]) => amount)), view.today]], symbol: "none", silent: true, lineStyle: { color: paint.hues[1], width: 1.5, type: "dotted" }, endLabel: { show: true, formatter: "the plan as it is", color: paint.soft, fontSize: 14, align: "right", verticalAlign: "bottom", offset: [-8, -4] } }]),
    ],
  };
}

/** How amounts are written: as shares where the steps are. */
function amountOf(view) {
  const shares = view.steps.every(({ step }) => String(step).endsWith("%"));
  return (value) => (shares ? `${figure(Math.round(1000 * value) / 10)} %` : figure(value));
}

function table(view) {
  return plainTable([view.figure, { text: `Value, ${view.unit}`, number: true }, { text: "The step brings", number: true }, "Claim", { text: "Start", number: true }],
    view.steps.map((step) => [String(step.step ?? figure(step.amount)), short(step.outcome.value), step.gain === null ? "" : signed(step.gain), claim(step.outcome), figure(step.epics_started)]), { caption: "Each step" });
}
