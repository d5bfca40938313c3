// Figures as people read them: the same everywhere on the page.

const plain = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
const fixed = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** A figure with its thousands apart; nothing where there is none. */
export function figure(value, digits) {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value !== "number") return String(value);
  const format = digits === undefined ? (Math.abs(value) >= 1000 ? whole : plain) : digitsOf(digits);
  return format.format(Object.is(value, -0) ? 0 : value);
}

/** A share as percent. */
export function percent(value, digits = 1) {
  return value === null || value === undefined ? "" : `${digitsOf(digits).format(value * 100)} %`;
}

/** A large amount in a short form with its unit: `46.66 M EUR`. */
export function short(value, unit = "") {
  if (value === null || value === undefined) return "";
  const [divisor, letter] = Math.abs(value) >= 1e9 ? [1e9, "bn"] : Math.abs(value) >= 1e6 ? [1e6, "M"] : Math.abs(value) >= 1e5 ? [1e3, "k"] : [1, ""];
  const words = letter ? fixed.format(value / divisor) : figure(value);
  return [words, letter, unit].filter(Boolean).join(" ");
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

function digitsOf(digits) {
  return new Intl.NumberFormat("en-GB", { maximumFractionDigits: digits });
}
