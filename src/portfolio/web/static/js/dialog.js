// Dialogues: a heading, what it is about, and buttons; Escape closes, focus goes back where it was.

import { button, h } from "./dom.js";

/** Opens a dialogue; `buttons` are `{text, main, act}`, and `act` keeps it open by returning false. */
export function dialog(title, body, buttons = [], { wide = false, onclose } = {}) {
  const before = document.activeElement;
  const frame = h("dialog", { class: wide ? "wide" : "", "aria-labelledby": "dialog-title" });
  const close = () => frame.close();
  const run = async (act) => {
    const result = act ? await act(frame) : undefined;
    if (result !== false) close();
  };
  const form = h("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); const main = buttons.find((one) => one.main); if (main) run(main.act); } },
    h("div", { class: "dialog-head" }, h("h2", { id: "dialog-title" }, title), button("", close, { class: "quiet square", icon: "close", "aria-label": "Close" })),
    h("div", { class: "dialog-body" }, body),
    buttons.length > 0 && h("div", { class: "dialog-foot" }, buttons.map((one) =>
      h("button", { type: one.main ? "submit" : "button", class: one.main ? "main" : "", disabled: one.disabled ?? false, onclick: one.main ? undefined : () => run(one.act) }, one.text))));
  frame.append(form);
  frame.addEventListener("close", () => { frame.remove(); onclose?.(); before?.focus?.({ preventScroll: true }); });
  document.body.append(frame);
  frame.showModal();
  const first = frame.querySelector("[autofocus], .dialog-body input:not([type=hidden]), .dialog-body select, .dialog-body textarea") ?? frame.querySelector(".dialog-foot .main, .dialog-foot button");
  first?.focus();
  return { close, frame };
}

/** A field with its label above. */
export function labelled(text, field, hint) {
  return h("label", { class: "field" }, h("span", { class: "label" }, text), field, hint && h("span", { class: "soft small" }, hint));
}
