// Figures as people read them: the same everywhere on the page.

const plain = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
const fixed = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const tenths = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** A figure with its thousands apart; nothing where there is none. */
export function figure(value) {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value !== "number") return String(value);
  const format = Math.abs(value) >= 1000 ? whole : plain;
  return format.format(Object.is(value, -0) ? 0 : value);
}

/** A share as percent. */
export function percent(value, digits = 1) {
  return value === null || value === undefined ? "" : `${digitsOf(digits).format(value * 100)} %`;
}

/** A large amount in a short form with its unit: `46.66 M EUR`. */
export function short(value, unit = "") {
  if (value === null || value === undefined) return "";
  const [divisor, letter] = scaleOf(Math.abs(value));
  const words = letter ? (letter === "k" ? tenths : fixed).format(value / divisor) : figure(value);
  return [words, letter, unit].filter(Boolean).join(" ");
}

/** How all the figures of one column are written: in the same unit, with the same digits. */
export function alike(values, unit = "") {
  const there = values.filter((value) => typeof value === "number");
  const most = there.reduce((one, other) => Math.max(one, Math.abs(other)), 0);
  const [divisor, letter] = scaleOf(most);
  const large = !letter && most >= 1000;
  const least = letter ? (letter === "k" ? 1 : 2) : digitsNeeded(there);
  const format = new Intl.NumberFormat("en-GB", { minimumFractionDigits: least, maximumFractionDigits: Math.max(least, letter ? 0 : 2) });
  return { unit: [letter, unit].filter(Boolean).join(" "), of: (value) => (typeof value !== "number" ? "" : large && Math.abs(value) >= 10 ? whole.format(value) : format.format((Object.is(value, -0) ? 0 : value) / divisor)) };
}

/** How many digits after the point the figures of one column need to be told apart: two at most. */
export function digitsNeeded(values) {
  const fractions = values.filter((value) => typeof value === "number" && Math.abs(value - Math.round(value)) > 0.005 && Math.abs(value) < 1000);
  return !fractions.length ? 0 : fractions.every((value) => Math.abs(value * 10 - Math.round(value * 10)) < 0.05) ? 1 : 2;
}

/** A difference with its sign. */
export function signed(value, unit = "") {
  if (value === null || value === undefined) return "";
  const words = short(Math.abs(value), unit);
  return value > 0 ? `+${words}` : value < 0 ? `\u2212${words}` : `\u00b10 ${unit}`.trim();
}

/** So many of something. */
export function counted(number, noun) {
  return `${figure(number)} ${number === 1 ? noun.one : noun.many}`;
}

/** What may be claimed of a plan, in a few words. */
export function claim(outcome) {
  if (!outcome) return "";
  if (outcome.claim === "proven best") return "proven best";
  if (outcome.claim === "impossible") return "no plan is possible";
  if (outcome.claim === "nothing found") return "no plan found yet";
  return outcome.gap === null || outcome.gap === undefined ? "best found so far" : `at most ${percent(Math.max(outcome.gap, 0.0001), outcome.gap < 0.01 ? 2 : 1)} below the best`;
}

/** The time of day of a moment. */
export function clock(moment) {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? String(moment ?? "") : date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function scaleOf(size) {
  return size >= 1e9 ? [1e9, "bn"] : size >= 1e6 ? [1e6, "M"] : size >= 1e5 ? [1e3, "k"] : [1, ""];
}

function digitsOf(digits) {
  return new Intl.NumberFormat("en-GB", { maximumFractionDigits: digits });
}
