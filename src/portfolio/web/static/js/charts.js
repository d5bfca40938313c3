// Charts on a canvas: colours from the stylesheet, tooltips as text, drawn again when the room or the light changes.

let library = null;

/** A chart in a host; `options(colours)` says what it shows. */
export async function chart(host, options, onclick) {
  library ??= import("../vendor/charts.js");
  const { init } = await library;
  if (!host.isConnected) return { update: () => {}, end: () => {} };
  const drawn = init(host, null, { renderer: "canvas" });
  const draw = () => drawn.setOption({ animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily }, ...options(colours()) }, { notMerge: true });
  draw();
  if (onclick) drawn.on("click", onclick);
  const light = matchMedia("(prefers-color-scheme: dark)");
  light.addEventListener("change", draw);
  const room = new ResizeObserver(() => drawn.resize());
  room.observe(host);
  return { update: draw, end: () => { light.removeEventListener("change", draw); room.disconnect(); drawn.dispose(); } };
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return { ink: of("ink"), soft: of("ink-soft"), line: of("line"), strong: of("line-strong"), surface: of("surface"), raised: of("raised"), accent: of("accent"), hues: [1, 2, 3, 4, 5, 6].map((number) => of(`hue-${number}`)), ghost: of("ghost") };
}

/** An axis in the page's look. */
export function axis(paint, name, more = {}) {
  return { name, nameLocation: "middle", nameGap: 34, nameTextStyle: { color: paint.soft, fontSize: 14 }, axisLabel: { color: paint.soft, fontSize: 14, hideOverlap: true }, axisLine: { show: true, lineStyle: { color: paint.strong } }, axisTick: { show: false }, splitLine: { lineStyle: { color: paint.line } }, ...more };
}

/** A tooltip of plain text. */
export function tooltip(paint, words) {
  return { trigger: "item", renderMode: "richText", confine: true, backgroundColor: paint.raised, borderColor: paint.strong, textStyle: { color: paint.ink, fontSize: 14 }, formatter: words };
}

/** A text as a chart may show it: braces would be read as marks of style. */
export function chartText(text, longest = 60) {
  const plain = String(text ?? "").replaceAll("{", "(").replaceAll("}", ")").replaceAll("|", "/");
  return plain.length > longest ? `${plain.slice(0, longest - 1)}\u2026` : plain;
}
