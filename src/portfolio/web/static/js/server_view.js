// Views that the server makes: asked for once for each plan and revision, redrawn in place, grey while errors stop the next plan.

import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { complain } from "./notes.js";
import { store } from "./store.js";
import { nothingThere, viewHead, withoutPlan } from "./view_parts.js";

const kept = new Map();

/** Draws what `content` makes of a view of the server; asks again when the plan or the figures change. Tools are there where there is something to use them on. */
export function serverView(host, name, content, { tools = [], query = "", anyPlan = false, title } = {}) {
  const head = viewHead(title ?? TITLES[name], tools);
  const useful = (is) => { for (const tool of tools) tool.hidden = !is; };
  const body = h("div", { class: "stack view-body" });
  host.append(head, body);
  useful(false);
  let alive = true, asked = "", waiting = null;
  const load = async () => {
    const stamp = `${name}${query}/${store.state.revision}/${store.state.plan?.of_revision}/${store.state.plan?.outcome?.value}/${store.state.plan?.at}`;
    if (asked === stamp) return;
    asked = stamp;
    if (!anyPlan) {
      const without = withoutPlan();
      if (without) { useful(false); show([without]); return; }
    }
    try {
      const view = kept.get(stamp) ?? (await get(`/api/views/${name}${query}`));
      if (kept.size > 20) kept.clear();
      kept.set(stamp, view);
      if (!alive || asked !== stamp) return;
      const parts = view.missing ? [missing(view.missing, name)] : content(view);
      useful(view.missing ? Boolean(store.state.plan) : !parts[0]?.classList?.contains("empty"));
      show(parts);
    } catch (error) {
      if (alive && error.status) { complain(error); asked = ""; }
    }
  };
  const show = (children) => {
    const { scrollTop } = host;
    fill(body, children);
    host.scrollTop = scrollTop;
  };
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(load, 120); };
  load();
  return { state: () => { asked = ""; soon(); }, planned: soon, edited: soon, sure: () => { if (name === "roadmap") { asked = ""; kept.clear(); soon(); } }, end: () => { alive = false; clearTimeout(waiting); }, again: () => { asked = ""; kept.clear(); load(); } };
}

const TITLES = { load: "Load", roadmap: "Roadmap", guardrails: "Guardrails", difference: "Difference", value_and_duration: "Value and duration", frontier: "Frontier", flow: "Flow" };

function missing({ message, fix }, name) {
  if (name === "flow") return h("div", { class: "empty" }, h("h2", {}, "Nothing to measure yet"), h("p", {}, `${message} ${fix}`));
  const what = name === "difference" ? "agreed" : name === "frontier" && store.state.plan ? "frontier" : !store.state.epics.length ? "epics" : name === "value_and_duration" ? "scores" : !store.state.portfolio.can_plan ? "periods" : "plan";
  return nothingThere(what, what === "frontier" ? undefined : `${message} ${fix}`);
}
