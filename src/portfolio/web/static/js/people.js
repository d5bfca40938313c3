// People: who is here, what this person is called, and the links that let others in.

import { post } from "./api.js";
import { button, fill, h } from "./dom.js";
import { dialog, labelled } from "./dialog.js";
import { complain, note } from "./notes.js";
import { on, store } from "./store.js";

const ROLES = { look: "may look", score: "may score", decide: "decides" };
const MOST = 4;
const NARROW = matchMedia("(max-width: 640px)");

/** The button that shows who is here. */
export function peopleButton() {
  const host = h("button", { type: "button", class: "people", onclick: openPeople });
  const draw = () => {
    const { people = [], you } = store.state;
    const all = [you, ...people.filter((one) => one.id !== you.id)];
    host.setAttribute("aria-label", `${all.length === 1 ? "1 person" : `${all.length} people`} here; you are ${you.name || "nameless"}, who ${ROLES[you.role]}`);
    const most = NARROW.matches ? 1 : MOST;
    fill(host, all.slice(0, most).map((one) => h("span", { class: "person", title: `${one.name || "somebody"}, ${ROLES[one.role]}`, "aria-hidden": "true" }, initials(one.name))), all.length > most && h("span", { class: "person more", "aria-hidden": "true" }, `+${all.length - most}`));
  };
  on("state", draw);
  on("event:people", ({ people }) => { store.state.people = people ?? []; draw(); });
  on("you", draw);
  NARROW.addEventListener("change", draw);
  return host;
}

function initials(name) {
  const words = String(name ?? "").trim().split(/\s+/).filter(Boolean);
  return words.length ? [...words[0]][0].toUpperCase() + (words.length > 1 ? [...words.at(-1)][0].toUpperCase() : "") : "?";
}

/** Asks what to call somebody who came for the first time. */
export function askName(draw) {
  const name = h("input", { value: store.state.you.name ?? "", maxlength: 60, autocomplete: "name", autofocus: true });
  dialog("Who are you?", [h("p", {}, "Others see this name beside what you change."), labelled("Name", name)], [{ text: "Later" }, { text: "Join", main: true, act: async () => {
    if (!name.value.trim()) return false;
    try {
      const { you } = await post("/api/people", { name: name.value.trim() });
      store.state.you = you;
      draw();
    } catch (error) {
      complain(error);
      return false;
    }
    return undefined;
  } }]);
}

function openPeople() {
  const { people = [], you, links } = store.state;
  const all = [you, ...people.filter((one) => one.id !== you.id)];
  const link = (role, text) => links?.[role] && h("div", { class: "field" }, h("span", { class: "label" }, text), h("div", { class: "row" }, h("input", { class: "grow", value: links[role], readOnly: true, "aria-label": text, onfocus: (event) => event.target.select() }), button("Copy", () => copy(links[role]))));
  dialog("Who is here", [
    h("ul", { class: "short-list" }, all.map((one) => h("li", {}, h("b", {}, one.name || "somebody"), one.id === you.id ? " (you)" : "", h("span", { class: "soft" }, `, ${ROLES[one.role]}`)))),
    links && [h("h3", {}, "Links for others"), link("look", "To look"), link("score", "To score"), link("decide", "To decide")],
  ], [{ text: "Change my name", act: () => { setTimeout(() => askName(() => {}), 0); } }, { text: "Close", main: true }]);
}

function copy(text) {
  const field = h("textarea", { value: text, class: "unseen", readOnly: true });
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  note("The link is copied.");
}
