// What happens elsewhere arrives here: a stream of events, resumed where it broke off, or asked for where a proxy holds it back.

import { get } from "./api.js";
import { tell } from "./store.js";

const KINDS = ["edited", "planned", "sure", "progress", "job", "people", "focus", "votes", "decided", "saved", "file", "reload", "closing"];
const SILENCE = 25000;

let source = null;
let lastId = "";
let lastHeard = 0;
let polling = false;
let retry = 500;
let watch = null;
let again = null;

/** Begins to listen after the event with this id. */
export function listen(after) {
  lastId = after ?? lastId;
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : open()));
  globalThis.addEventListener("pagehide", stop);
  open();
}

/** Goes on after another event, when the whole state was fetched again. */
export function resumeFrom(id) {
  lastId = id ?? lastId;
}

function open() {
  if (document.hidden || source || polling) return;
  lastHeard = performance.now();
  source = new EventSource(`/api/events?last=${encodeURIComponent(lastId)}`);
  source.onopen = heard;
  source.onmessage = (event) => take("message", event);
  for (const kind of [...KINDS, "alive"]) source.addEventListener(kind, (event) => take(kind, event));
  source.onerror = lost;
  clearInterval(watch);
  watch = setInterval(() => { if (performance.now() - lastHeard > SILENCE) poll(); }, 5000);
}

function take(kind, event) {
  heard();
  if (event.lastEventId) lastId = event.lastEventId;
  deliver(kind, event.data);
}

function deliver(kind, data) {
  let detail = data;
  if (typeof data === "string") {
    try { detail = JSON.parse(data || "{}"); } catch { return; }
  }
  tell(`event:${kind}`, detail ?? {});
}

function heard() {
  lastHeard = performance.now();
  retry = 500;
  tell("reachable");
}

function lost() {
  stop();
  tell("unreachable");
  clearTimeout(again);
  again = setTimeout(open, retry);
  retry = Math.min(retry * 1.6, 5000);
}

function stop() {
  source?.close();
  source = null;
  polling = false;
  clearInterval(watch);
}

/** Asks again and again where the stream is silent: some proxies hold it back until it ends. */
async function poll() {
  stop();
  polling = true;
  while (polling && !document.hidden) {
    try {
      const answer = await get(`/api/events?after=${encodeURIComponent(lastId)}&wait=20`);
      tell("reachable");
      for (const { id, event, data } of answer.events ?? answer ?? []) {
        if (id) lastId = id;
        deliver(event, data);
      }
    } catch {
      tell("unreachable");
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}
