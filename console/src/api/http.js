// Requests to the API: the token, the wait when it is busy, and errors that say what was asked for.
import { accessToken, renew } from "../session/session.js";

const BUSY = new Set([429, 503]);
const TRIES = 4;

export class ApiError extends Error {
  constructor(status, message, method, path, body) {
    super(message);
    Object.assign(this, { status, method, path, body });
  }
}

/**
 * The body of the reply, and its `ETag`; a write that is sent again has the same `Idempotency-Key`: one that
 * is drawn, or what `once` says. `reads` says of a POST that it changes nothing.
 */
export async function send(method, path, { query, body, match, once = false, reads = false, signal } = {}) {
  const url = path + asked(query);
  const headers = {
    ...(body && { "Content-Type": "application/json" }),
    ...(match && { "If-Match": match }),
    ...(once && { "Idempotency-Key": once === true ? crypto.randomUUID() : once }),
  };
  const request = { method, headers, body: body && JSON.stringify(body), signal };
  const patient = method === "GET" || once || reads;
  for (let attempt = 1; ; attempt++) {
    const reply = await tried(url, request);
    if (reply.ok) return { body: await reply.json(), status: reply.status, etag: reply.headers.get("ETag") };
    if (!patient || !BUSY.has(reply.status) || attempt === TRIES) throw await failure(reply, method, path);
    await pause(Number(reply.headers.get("Retry-After")) || attempt, signal);
  }
}

/** The body alone. */
export async function get(path, query, signal) {
  return (await send("GET", path, { query, signal })).body;
}

async function tried(url, request) {
  const reply = await asSomebody(url, request);
  if (reply.status !== 401) return reply;
  await renew();
  return asSomebody(url, request);
}

async function asSomebody(url, request) {
  const token = await accessToken();
  if (!token) throw new ApiError(401, "", request.method, url);
  try {
    return await fetch(url, {
      ...request,
      headers: { ...request.headers, Authorization: `Bearer ${token}` },
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, "", request.method, url);
  }
}

async function failure(reply, method, path) {
  const body = await reply.json().catch(() => ({}));
  const message = typeof body.message === "string" ? body.message : "";
  return new ApiError(reply.status, message, method, path, body);
}

function asked(query = {}) {
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return said.length ? `?${new URLSearchParams(said)}` : "";
}

export function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
