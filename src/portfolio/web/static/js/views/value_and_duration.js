// Value and duration: what delay costs against how long it takes; along a line both are worth the same.

import { axis, chart, chartText, tooltip } from "../charts.js";
import { h, visible } from "../dom.js";
import { figure } from "../format.js";
import { openEpic } from "../panel.js";
import { serverView } from "../server_view.js";
import { plainTable } from "../view_parts.js";
import { store } from "../store.js";

export const valueAndDuration = { name: "value_and_duration", title: "Value and duration", letter: "v", draw };

const COLUMNS = [0, 1, -1, 2, -2], ROWS = [0, -1, 1];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "pin", "arrow"];

function draw(host) {
  let drawn = null;
  const shown = serverView(host, "value_and_duration", (view) => {
    drawn?.then((one) => one.end());
    const place = h("div", { class: "canvas tall", role: "img", "aria-label": `${view.title}: ${view.headline} The table below has every figure.` });
    drawn = Promise.resolve().then(() => chart(place, (paint) => options(view, paint, { width: place.clientWidth, height: place.clientHeight }), ({ data }) => data?.id && openEpic(data.id)));
    return [h("p", { class: "view-note" }, view.headline), legend(view), place, view.notes.map((note) => h("p", { class: "view-note" }, note)), table(view)];
  }, { anyPlan: true });
  return { ...shown, end: () => { shown.end(); drawn?.then((one) => one.end()); } };
}

/** How far each epic is drawn from where it lies, so that those that lie on each other can all be seen. */
function aside(points) {
  const there = new Map();
  return new Map(points.map(({ id, duration, cost_of_delay: cost }) => {
    const key = `${duration}/${cost}`, turn = there.get(key) ?? 0;
    there.set(key, turn + 1);
    return [id, [12 * COLUMNS[turn % COLUMNS.length], 10 * ROWS[Math.floor(turn / COLUMNS.length) % ROWS.length]]];
  }));
}

const groupsOf = (view) => [...view.horizons, ...(view.points.some((point) => !point.horizon) ? [null] : [])];

function legend(view) {
  const names = groupsOf(view);
  return h("ul", { class: "legend" }, names.map((name, place) => h("li", {}, h("span", { class: `key shape-${SYMBOLS[place % 4]} hue-${(place % 6) + 1}`, "aria-hidden": "true" }), name ?? "no horizon")),
    store.state.plan && h("li", {}, h("span", { class: "key ring", "aria-hidden": "true" }), `ring: ${store.state.words.start?.one ?? "starts"}`), h("li", { class: "soft" }, `lines: equal ${view.ratio}`));
}

/** The epics whose names fit: no name covers another one or the mark of an epic; what starts comes first, then the best ranks. */
function named(points, toPixel) {
  const spots = points.map((point) => ({ point, ...toPixel(point) }));
  const taken = spots.map(({ x, y }) => ({ left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 }));
  const names = new Set();
  for (const { point, x, y } of spots.sort((one, other) => Number(other.point.starts) - Number(one.point.starts) || (one.point.rank ?? 1e9) - (other.point.rank ?? 1e9))) {
    const box = { left: x + 9, right: x + 18 + 8.6 * Math.min(point.id.length, 14), top: y - 8, bottom: y + 8 };
    if (taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) continue;
    taken.push(box);
    names.add(point.id);
  }
  return names;
}

function options(view, paint, { width, height }) {
  const across = view.points.map((point) => point.duration), up = view.points.map((point) => point.cost_of_delay);
  const spread = (values) => Math.max(...values) / Math.max(1e-9, Math.min(...values.filter((value) => value > 0)));
  const log = spread(up) > 40 && up.every((value) => value > 0) && across.every((value) => value > 0);
  const most = Math.max(...across) * (log ? 1.15 : 1.06), top = Math.max(...up) * (log ? 1.3 : 1.08);
  const left = log ? Math.min(...across) / 1.15 : 0, bottom = log ? Math.min(...up) / 1.3 : 0;
  const crowded = view.points.length > 250, narrow = width < 620;
  const room = narrow ? { left: 62, right: 20, top: 30, bottom: 56 } : { left: 78, right: 80, top: 30, bottom: 56 };
  const offsets = crowded ? new Map() : aside(view.points);
  const lines = view.lines.map((line) => {
    const end = Math.min(most, top / line.ratio), begin = Math.max(left, bottom / line.ratio);
    return { type: "line", silent: true, symbol: "none", z: 1, lineStyle: { color: paint.strong, type: "dashed", width: 1.2 }, data: [[begin, begin * line.ratio], [end, end * line.ratio]], endLabel: { show: true, formatter: `${view.ratio} ${line.words}`, color: paint.soft, fontSize: 14, ...(end < most ? { align: "center", offset: [-8, -10] } : narrow ? { align: "right", offset: [-6, -12] } : { align: "left", offset: [0, 0] }) } };
  });
  const share = (value, from, to) => (log ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from));
  const names = view.points.length <= 90 && !narrow ? named(view.points, ({ id, duration, cost_of_delay }) => ({ x: share(duration, left, most) * (width - room.left - room.right) + offsets.get(id)[0], y: -share(cost_of_delay, bottom, top) * (height - room.top - room.bottom) + offsets.get(id)[1] })) : new Set();
  return {
    grid: room,
    aria: { enabled: false },
    tooltip: tooltip(paint, ({ data }) => (data?.id ? `${chartText(visible(data.label))}\n${view.across}: ${figure(data.value[0])}\n${view.upwards}: ${figure(data.value[1])}\n${view.ratio}: ${figure(data.ratio)}${data.starts === null ? "" : data.starts ? "\nstarts" : "\nwaits"}` : "")),
    xAxis: axis(paint, view.across, { type: log ? "log" : "value", min: log ? left : 0, max: most, axisLabel: { color: paint.soft, fontSize: 14, formatter: (value) => figure(Number(value.toPrecision(2))), showMaxLabel: false, showMinLabel: !log } }),
    yAxis: axis(paint, view.upwards, { type: log ? "log" : "value", min: log ? bottom : 0, max: top, nameGap: narrow ? 44 : 58, axisLabel: { color: paint.soft, fontSize: 14, formatter: (value) => figure(Number(value.toPrecision(2))), showMaxLabel: false, showMinLabel: !log } }),
    series: [...lines, ...groupsOf(view).map((name, place) => ({
      type: "scatter", z: 3, symbol: SYMBOLS[place % 4], symbolSize: (_value, { data }) => (crowded ? (data.starts ? 9 : 6) : data.starts ? 15 : 11), cursor: "pointer",
      itemStyle: { color: paint.hues[place % 6], opacity: 0.88 },
      emphasis: { scale: 1.3 },
      label: { show: names.size > 0, formatter: ({ data }) => (names.has(data.id) ? chartText(visible(data.id), 14) : ""), position: "right", distance: 6, color: paint.soft, fontSize: 14 },
      data: view.points.filter((point) => (point.horizon ?? null) === name).map((point) => ({ id: point.id, label: point.label, ratio: point.ratio, starts: point.starts, value: [point.duration, point.cost_of_delay], symbolOffset: offsets.get(point.id),
        itemStyle: point.starts ? { borderColor: paint.ink, borderWidth: crowded ? 1.2 : 2.4, opacity: crowded ? 0.85 : 1 } : { opacity: crowded ? 0.55 : 0.75 } })),
    }))],
  };
}

function table(view) {
  return h("details", {}, h("summary", {}, "As a table"), plainTable([{ text: "#", number: true }, view.headings.epic, "Horizon", { text: view.across, number: true }, { text: view.upwards, number: true }, { text: view.ratio, number: true }, "Plan"],
    view.points.map((point) => [figure(point.rank), point.label, point.horizon ?? "", figure(point.duration), figure(point.cost_of_delay), figure(point.ratio), point.starts === null ? "" : point.starts ? "starts" : "waits"])));
}
