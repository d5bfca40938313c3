// Keys: one letter where nobody types; `g` and a letter goes to a view.

import { h } from "./dom.js";
import { dialog } from "./dialog.js";

const keys = [];
let pending = null;

/** Gives a key a meaning: `g r`, `/`, `?`, `Ctrl+z`. */
export function key(combination, meaning, act) {
  keys.push({ combination, meaning, act });
}

/** Listens to the keyboard of the whole page. */
export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const control = event.ctrlKey || event.metaKey;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const pressed = `${control ? "Ctrl+" : ""}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
    const combination = pending ? `${pending} ${pressed}` : pressed;
    pending = null;
    const found = keys.find((one) => one.combination === combination);
    if (found) {
      event.preventDefault();
      found.act(event);
    } else if (!control && pressed === "g") {
      pending = "g";
      setTimeout(() => { pending = null; }, 1200);
    }
  });
}

/** Whether the keyboard belongs to a field just now. */
export function typing(target) {
  return target instanceof Element && Boolean(target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]"));
}

/** Shows every key. */
export function showKeys() {
  const more = [["arrows", "move in a grid"], ["Enter", "open, or edit a cell"], ["0-9", "score the cell"], ["Delete", "empty the cell"], ["Shift+arrows", "select a block"],
    ["Ctrl+C", "copy the block"], ["Ctrl+V", "paste, with a preview"], ["Esc", "close, or leave a cell"]];
  dialog("Keys", h("ul", { class: "keys-list" }, [...keys.filter(({ meaning }) => meaning).map(({ combination, meaning }) => [combination, meaning]), ...more].map(([combination, meaning]) =>
    h("li", {}, h("span", { class: "keys" }, combination.split(" ").map((one) => [h("kbd", {}, one), " "])), h("span", {}, meaning)))));
}
