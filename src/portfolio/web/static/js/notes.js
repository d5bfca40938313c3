// What the page says: a note that fades, a banner that stays, and the live region that is read aloud.

import { button, fill, h, icon } from "./dom.js";

const banners = new Map();
let waiting = [];
let last = -5000;

/** A note in the corner; it never moves what people look at. */
export function note(text, { bad = false, action, label, stay = false, detail } = {}) {
  const host = document.getElementById("toasts");
  const toast = h("div", { class: bad ? "toast bad" : "toast", role: bad ? "alert" : undefined },
    h("div", {}, text, detail && h("p", { class: "soft small" }, detail)),
    action && button(label, () => { toast.remove(); action(); }),
    button("", () => toast.remove(), { class: "quiet square", icon: "close", "aria-label": "Dismiss" }));
  host.append(toast);
  while (host.children.length > 4) host.firstElementChild.remove();
  if (!stay) setTimeout(() => toast.remove(), bad ? 12000 : 6000);
  if (!bad) aloud(text);
}

/** A refusal as a note: what is wrong and what to do. */
export function complain(error) {
  note(error.message, { bad: true, detail: error.fix });
}

/** A banner under the tabs with a name of its own; null takes it away. */
export function banner(name, content, kind = "", picture = "warn") {
  if (content === null) banners.delete(name);
  else banners.set(name, h("div", { class: `banner ${kind}`, role: "status", "data-banner": name }, icon(picture), content));
  fill(document.getElementById("banners"), [...banners.values()]);
}

/** Has something read aloud, at most every five seconds. */
export function aloud(text) {
  waiting.push(text);
  const due = Math.max(0, last + 5000 - performance.now());
  if (waiting.length > 1 && due > 0) return;
  setTimeout(() => {
    last = performance.now();
    document.getElementById("live").textContent = waiting.slice(-3).join(" ");
    waiting = [];
  }, due);
}
