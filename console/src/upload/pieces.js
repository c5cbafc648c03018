// Sends the pieces of one upload to the bucket, each to its link; a file that changes on the disk is left out.
import { renewLinks } from "../api/uploads.js";
import { put } from "./put.js";

const RENEWALS = 5;
const FRESH_MS = 50_000; // a link lives a minute at least

/** All that has not arrived. `turns` and `patience` are those of all uploads under way. */
export async function sendPieces(batch, { where, turns, patience, signal: run, tell }) {
  // One that fails leaves the others of its upload no reason to begin.
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, run]);
  const sending = { batch, where, patience, signal, tell };
  const work = async (piece) => {
    try {
      await turns.take(() => signal.aborted || sendPiece(sending, piece));
    } catch (error) {
      if (!signal.aborted) stop.abort(error);
    }
  };
  await Promise.all(batch.missing().map(work));
  signal.throwIfAborted();
}

async function sendPiece(sending, piece) {
  const { batch, patience, signal, tell } = sending;
  let renewals = 0;
  for (let attempt = 0; !batch.isGivenUp(piece); ) {
    const link = batch.links.get(piece.key);
    try {
      const etag = await put(link.url, batch.bytesOf(piece), {
        signal,
        tell: (bytes) => {
          batch.going.set(piece.key, Math.min(bytes, piece.bytes));
          tell();
        },
      });
      batch.arrive(piece, etag);
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (await noteChanged(batch, piece)) continue;
      if (error.expired && renewals++ < RENEWALS) {
        await freshLinks(sending, piece, link);
        continue;
      }
      if (!error.passes) throw error;
      attempt = await patience.next(attempt, error, signal);
      if (Date.now() - link.at > FRESH_MS) await freshLinks(sending, piece, link);
    } finally {
      batch.going.delete(piece.key);
      tell();
    }
  }
}

/** Whether a file of it is not on the disk any more as it was chosen: the browser reads it no more. */
async function noteChanged(batch, { stretches }) {
  let found = false;
  for (const { file, start } of stretches) {
    if (batch.changed.has(file.path)) continue;
    try {
      await file.file.slice(start, start + 1).arrayBuffer();
    } catch {
      batch.changed.add(file.path);
      found = true;
    }
  }
  return found;
}

/** One asks for all. */
async function freshLinks({ batch, where, patience, signal }, { key }, old) {
  if (batch.links.get(key) !== old) return;
  batch.renewing ??= patience
    .patiently(() => renewLinks(where, batch.id, signal), signal)
    .then((told) => batch.takeLinks(told))
    .finally(() => {
      batch.renewing = undefined;
    });
  await batch.renewing;
}
