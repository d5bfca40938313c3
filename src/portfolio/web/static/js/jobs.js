// Jobs: a plan, a what-if, an explanation, prices, a frontier. The server does one at a time and says how far it is.

import { get, post, remove } from "./api.js";
import { complain } from "./notes.js";
import { on, store } from "./store.js";

const waiting = new Map();

/** Asks for a job and resolves with what came of it; `progress` is called while it runs. */
export async function run(body, progress = () => {}) {
  const { job } = await post("/api/jobs", body);
  const id = typeof job === "object" ? job.id : job;
  return { id, done: follow(id, progress) };
}

/** Ends a job; what is best so far is kept. */
export async function stop(id) {
  try {
    await remove(`/api/jobs/${id}`);
  } catch (error) {
    complain(error);
  }
}

/** Asks for a plan; the page shows it getting better. */
export async function plan(seconds) {
  try {
    await post("/api/jobs", seconds ? { kind: "plan", seconds } : { kind: "plan" });
  } catch (error) {
    complain(error);
  }
}

function follow(id, progress) {
  return new Promise((resolve, reject) => {
    const look = async () => {
      try {
        const job = await get(`/api/jobs/${id}`);
        progress(job.progress ?? {}, job);
        if (["waiting", "running"].includes(job.state)) return false;
        finish();
        resolve(job);
      } catch (error) {
        if (error.status === undefined) return false;
        finish();
        reject(error);
      }
      return true;
    };
    const timer = setInterval(look, 700);
    const finish = () => { clearInterval(timer); waiting.delete(String(id)); };
    waiting.set(String(id), { look, progress });
    look();
  });
}

on("event:job", (job) => {
  const one = waiting.get(String(job.id));
  if (!["waiting", "running"].includes(job.state)) store.ended.add(job.id);
  if (one && !["waiting", "running"].includes(job.state)) one.look();
  if (job.kind === "plan" && store.state) store.state.job = ["waiting", "running"].includes(job.state) ? job : null;
});
on("event:progress", (progress) => waiting.get(String(progress.job))?.progress(progress));
