// Votes: everybody picks in secret; revealed, all see how many chose what and the median, never who.

import { post } from "./api.js";
import { button, fill, h, icon } from "./dom.js";
import { newName } from "./edits.js";
import { figure } from "./format.js";
import { complain } from "./notes.js";
import { may, store, takeEdits } from "./store.js";

let mine = null;

/** Whether picks are hidden votes instead of edits. */
export const voting = { on: false };

/** Picks a value for the cell of a vote. */
export async function pick(epic, field, value) {
  try {
    const { votes } = await post("/api/votes", { epic, field, value });
    mine = { epic, field, value };
    store.state.votes = votes;
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

/** Draws where the vote on a cell stands. */
export function drawVotes(host, { epic, field }) {
  const { votes } = store.state;
  const here = votes && votes.epic === epic && votes.field === field ? votes : null;
  if (!here) return fill(host, voting.on ? h("span", { class: "soft" }, "Pick a value; nobody sees it before all is revealed.") : null);
  const own = mine && mine.epic === epic && mine.field === field ? h("span", { class: "chip accent" }, `you: ${figure(mine.value)}`) : null;
  if (!here.revealed) {
    return fill(host, own, h("span", { "data-votes": "count" }, `${here.voted} of ${here.of} voted`), may("decide") && button("Reveal", reveal, { class: "main", "data-act": "reveal" }));
  }
  const { counts, median } = here.revealed;
  const most = Math.max(1, ...Object.values(counts));
  return fill(host,
    h("ul", { class: "vote-bars", "aria-label": "How many chose what" }, Object.entries(counts).map(([value, count]) => h("li", { class: Number(value) === median ? "median" : "" },
      h("b", {}, value), h("span", { class: "vote-bar", "aria-hidden": "true" }, h("span", { "width%": (100 * count) / most })), h("span", {}, String(count))))),
    may("score") && button(`Take ${figure(median)}`, () => takeMedian(median), { class: "main", "data-act": "take-vote" }),
    h("span", { class: "soft" }, icon("good"), "the median on the scale"));
}

async function reveal() {
  try {
    await post("/api/votes/reveal");
  } catch (error) {
    complain(error);
  }
}

async function takeMedian(value) {
  try {
    const answer = await post("/api/votes", { take: true, value, request: newName() });
    takeEdits({ revision: answer.revision, edits: answer.taken, ranking: answer.ranking, by: "me" });
  } catch (error) {
    complain(error);
  }
}
