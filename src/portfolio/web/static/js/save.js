// Saving: what is pending goes into the file as it is now; where both changed a cell, people choose.

import { post } from "./api.js";
import { button, h, icon } from "./dom.js";
import { dialog } from "./dialog.js";
import { shown } from "./edits.js";
import { counted } from "./format.js";
import { banner, complain, note } from "./notes.js";
import { cellName, may, on, store, tell } from "./store.js";

/** Opens the dialogue that saves. */
export function openSave() {
  const { unsaved, file, plan } = store.state;
  const results = h("input", { type: "checkbox", checked: false, disabled: !plan?.outcome || plan.of_revision !== store.state.revision });
  dialog("Save", [
    h("p", {}, unsaved ? h("b", {}, counted(unsaved, { one: "change", many: "changes" })) : "Nothing is unsaved", unsaved ? ` into ${file.name}. Everything else in the file stays as it is.` : "; the results can still be written."),
    h("label", {}, results, "Write the result sheets too (ranking, plan, reasons)"),
    plan && plan.of_revision !== store.state.revision && h("p", { class: "soft small" }, "The plan is of earlier figures; plan again to write its sheets."),
    file.message && h("p", {}, icon("warn"), " ", file.message),
    h("p", {}, h("a", { href: "/download/workbook", download: "" }, "Download a copy"), h("span", { class: "soft" }, " with every change in it; that always works.")),
  ], [{ text: "Cancel" }, { text: "Save", main: true, disabled: !may("decide"), act: () => { save({ results: results.checked, choices: [] }); } }]);
}

/** What people take along: the report, slides, a copy of the workbook, this view on paper. */
export function handOut() {
  const link = (href, title, text) => h("li", {}, h("a", { class: "button", href, download: "" }, icon("save"), title), h("span", { class: "soft" }, text));
  const { close } = dialog("Hand out", h("ul", { class: "hand-out" },
    store.state.plan && link("/download/report.html", "Report", "One file with every view, to read anywhere, also without a network."),
    store.state.plan && link("/download/slides.pptx", "Slides", "For PowerPoint, with charts that can be edited."),
    link("/download/workbook", "Workbook", "A copy of the file with everything that is not saved yet."),
    h("li", {}, button("Print this view", () => { close(); print(); }), h("span", { class: "soft" }, "On paper, landscape."))));
}

async function save(body) {
  try {
    const answer = await post("/api/save", body);
    store.state.unsaved = answer.unsaved ?? 0;
    tell("saved-state");
    const { unwritten = [] } = answer;
    note(`${counted(answer.saved, { one: "change", many: "changes" })} saved into ${store.state.file.name}.`);
    for (const notice of answer.notes ?? []) note(notice);
    if (unwritten.length) note(`${counted(unwritten.length, { one: "cell was", many: "cells were" })} not written: ${cellName(unwritten[0].at)}: ${unwritten[0].message}`, { bad: true, stay: true });
    tell("reload-state");
  } catch (error) {
    if (error.body?.conflicts?.length) chooseClashes(error.body, body);
    else note(error.message, { bad: true, detail: error.fix, stay: true, label: "Download a copy", action: () => location.assign("/download/workbook") });
  }
}

/** Both changed the same cell: which stands is chosen, one by one. */
function chooseClashes({ conflicts, changes = [] }, body) {
  const rows = conflicts.map((conflict, number) => {
    const name = `clash-${number}`;
    const mine = h("input", { type: "radio", name, value: "page", checked: true, "aria-label": `${cellName(conflict.at)}: what was entered here` });
    const theirs = h("input", { type: "radio", name, value: "file", "aria-label": `${cellName(conflict.at)}: what the file holds` });
    return { conflict, mine, theirs, row: h("tr", {}, h("th", { scope: "row" }, cellName(conflict.at)), h("td", { class: "number" }, shown(conflict.was)),
      h("td", {}, h("label", {}, mine, shown(conflict.page))), h("td", {}, h("label", {}, theirs, shown(conflict.file)))) };
  });
  const clashing = new Set(conflicts.map(({ at }) => JSON.stringify(at)));
  const others = changes.filter(({ at }) => !clashing.has(JSON.stringify(at))).length;
  dialog("The file changed in the same cells", [
    h("p", {}, "Somebody changed the file meanwhile. ", others > 0 ? `${counted(others, { one: "other change in it is", many: "other changes in it are" })} kept.` : "", " Choose what stands in each of these cells."),
    h("div", { class: "scroll-x" }, h("table", { class: "plain" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Cell"), h("th", { scope: "col", class: "number" }, "Was"), h("th", { scope: "col" }, "Entered here"), h("th", { scope: "col" }, "In the file"))), h("tbody", {}, rows.map(({ row }) => row)))),
  ], [{ text: "Cancel" }, { text: "Save so", main: true, act: () => { save({ ...body, choices: rows.map(({ conflict, theirs }) => ({ at: conflict.at, take: theirs.checked ? "file" : "page" })) }); } }]);
}

/** Says what happened to the file on the disk. */
export function drawFile() {
  const { file } = store.state;
  if (!file || file.state === "same") return banner("file", null);
  if (file.state === "changed") {
    const lines = (file.changes ?? []).slice(0, 3).map(({ at, was, now }) => `${cellName(at)}: ${shown(was)} \u2192 ${shown(now)}`).join("; ");
    const more = (file.changes?.length ?? 0) - 3;
    return banner("file", [h("span", { class: "grow" }, file.message ?? `${file.name} was changed by another program.`, lines && h("span", { class: "soft" }, ` ${lines}${more > 0 ? ` and ${more} more` : ""}`)), button("Seen", () => banner("file", null), { "data-act": "seen" })], file.conflicts?.length ? "" : "good", file.conflicts?.length ? "warn" : "good");
  }
  return banner("file", [h("span", { class: "grow" }, file.message ?? `${file.name}: ${file.state}`), h("a", { class: "button", href: "/download/workbook", download: "" }, "Download a copy")], file.state === "gone" ? "bad" : "");
}

/** Offers what an earlier meeting left unsaved. */
export function drawUntaken() {
  const { untaken } = store.state;
  if (!untaken) return banner("untaken", null);
  const take = async (yes) => {
    try {
      await post("/api/takeover", { take: yes });
      tell("reload-state");
    } catch (error) {
      complain(error);
    }
  };
  return banner("untaken", [h("span", { class: "grow" }, `An earlier meeting left ${counted(untaken.edits, { one: "change", many: "changes" })} unsaved (${when(untaken.since)} to ${when(untaken.until)}).`),
    button("Take them over", () => take(true), { class: "main", disabled: !may("decide"), "data-act": "take-over" }), button("Leave them", () => take(false), { disabled: !may("decide") })]);
}

const when = (moment) => (moment ? new Date(moment).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }) : "");

on("event:file", (file) => {
  Object.assign(store.state.file, { message: null, changes: [] }, file);
  drawFile();
  if (file.state === "changed") tell("reload-state");
});
on("event:saved", ({ unsaved = 0, sha256 }) => { store.state.unsaved = unsaved; if (sha256) store.state.file.sha256 = sha256; tell("saved-state"); });
