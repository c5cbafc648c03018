// Requests to the API: the token, the wait when it is busy, and errors that say what was asked for.
import { accessToken, renew } from "../session/session.js";

const BUSY = new Set([429, 503]);
const TRIES = 4;
// Whoever is told to wait longer hears of it at once.
const MOST_SECONDS = 10;
// The keys of writes whose answer was lost, by what they said: whoever sends one again means the same one.
const unanswered = new Map();

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
  const text = body && JSON.stringify(body);
  const said = JSON.stringify([method, url, match, text]);
  const key = once === true ? (unanswered.get(said) ?? crypto.randomUUID()) : once;
  const headers = {
    ...(body && { "Content-Type": "application/json" }),
    ...(match && { "If-Match": match }),
    ...(key && { "Idempotency-Key": key }),
  };
  if (once === true) unanswered.set(said, key);
  const answer = await patiently(path, url, { method, headers, body: text, signal }, once || reads);
  unanswered.delete(said);
  if (answer instanceof ApiError) throw answer;
  return answer;
}

/** Somebody begins something else: what they send is meant anew. */
export function beginAnew() {
  unanswered.clear();
}

/** What has come of it; throws where nobody knows that. */
async function patiently(path, url, request, isRepeatable) {
  const isPatient = request.method === "GET" || isRepeatable;
  for (let attempt = 1; ; attempt++) {
    const reply = await tried(url, request);
    if (reply.ok) {
      const body = await reached(request, path, reply.json());
      return { body, status: reply.status, etag: reply.headers.get("ETag") };
    }
    const wait = Number(reply.headers.get("Retry-After")) || attempt;
    const goesOn = isPatient && BUSY.has(reply.status) && attempt < TRIES && wait <= MOST_SECONDS;
    if (!goesOn) {
      const error = await failure(reply, request.method, path);
      if (reply.status >= 500) throw error;
      return error;
    }
    await pause(wait, request.signal);
  }
}

/** The body alone. */
export async function get(path, query, signal) {
  return (await send("GET", path, { query, signal })).body;
}

async function tried(url, request) {
  const reply = await asSomebody(url, request);
  if (reply.status !== 401) return reply;
  await reached(request, url, renew());
  return asSomebody(url, request);
}

async function asSomebody(url, request) {
  const token = await reached(request, url, accessToken());
  if (!token) throw new ApiError(401, "", request.method, url);
  const headers = { ...request.headers, Authorization: `Bearer ${token}` };
  return reached(request, url, fetch(url, { ...request, headers }));
}

/** What comes of it; who can't be reached, or is too busy to answer, is told as such. */
async function reached(request, url, coming) {
  try {
    return await coming;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(error.status ?? 0, "", request.method, url);
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
