// Roadmap: lanes are value streams, columns are periods; the drawing is the server's, the same as in the report.

import { drawing, h } from "../dom.js";
import { openEpic } from "../panel.js";
import { serverView } from "../server_view.js";
import { plainTable } from "../view_parts.js";

export const roadmap = { name: "roadmap", title: "Roadmap", letter: "m", draw };

function draw(host) {
  const shown = serverView(host, "roadmap", content);
  const selected = () => {
    const id = document.getElementById("panel").hidden ? null : document.querySelector("#panel [data-epic]")?.dataset.epic;
    for (const bar of host.querySelectorAll("svg [data-epic]")) bar.classList.toggle("chosen", bar.getAttribute("data-epic") === id);
  };
  return { ...shown, selected };
}

function content(view) {
  const picture = drawing(view.svg);
  picture.classList.add("roadmap");
  picture.classList.toggle("one-page", Number(picture.getAttribute("height")) < Number(picture.getAttribute("width")));
  picture.style.minWidth = `${picture.getAttribute("width")}px`;
  picture.style.maxWidth = `${Number(picture.getAttribute("width")) * 1.6}px`;
  picture.setAttribute("role", "group");
  for (const bar of picture.querySelectorAll("g[data-epic]")) {
    bar.setAttribute("tabindex", "0");
    bar.setAttribute("role", "button");
    const words = bar.querySelector("title")?.textContent ?? bar.getAttribute("data-epic");
    bar.setAttribute("aria-label", words);
    const act = () => openEpic(bar.getAttribute("data-epic"));
    bar.addEventListener("click", act);
    bar.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); } });
  }
  return [
    view.notes.map((note) => h("p", { class: "view-note" }, note)),
    h("div", { class: "scroll-x roadmap-frame", tabindex: "0", role: "region", "aria-label": "Roadmap" }, picture),
    h("details", {}, h("summary", {}, "As a table"), table(view)),
  ];
}

function table(view) {
  const sure = view.lanes.some((lane) => lane.bars.some((bar) => bar.kept));
  const heads = [view.headings.epic, view.headings.value_stream, "Start", "Finish", ...(sure ? [{ text: "Date kept", number: true }] : []), { text: "Why", wrap: true }];
  return plainTable(heads, view.lanes.flatMap((lane) => lane.bars.filter((bar) => bar.first !== null).map((bar) => [bar.label, lane.title, view.periods[bar.first].label, view.periods[bar.last].label, ...(sure ? [bar.kept] : []), bar.words])));
}
