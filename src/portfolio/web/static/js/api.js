// Requests to the server that this page came from; every refusal comes back as a sentence and what to do.

export class Refusal extends Error {
  constructor(status, body) {
    super(body?.message ?? `The server answered ${status}.`);
    this.status = status;
    this.fix = body?.fix ?? "";
    this.body = body ?? {};
  }
}

/** No answer came: the server is gone, or the way to it. */
export class Unreachable extends Error {}

/** Asks, and gives what the server answers as an object. */
export async function ask(method, path, body, { text = false, signal } = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      signal,
      credentials: "same-origin",
      cache: "no-store",
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Unreachable("The server does not answer.");
  }
  if (text && answer.ok) return answer.text();
  const content = answer.status === 204 ? {} : await answer.json().catch(() => null);
  if (!answer.ok) throw new Refusal(answer.status, content);
  return content;
}

export const get = (path, options) => ask("GET", path, undefined, options);
export const post = (path, body = {}) => ask("POST", path, body);
export const remove = (path) => ask("DELETE", path);
