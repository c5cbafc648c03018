// The routes of uploads; what they take and answer stands in docs/api/vams.md, "Uploads".
import { send } from "./http.js";

const about = ({ database, asset }) => ({ databaseId: database, assetId: asset });
const typed = (where) => ({ ...about(where), uploadType: "assetFile" });
const step = (id, name) => `/uploads/${encodeURIComponent(id)}/${name}`;

export async function startUpload(where, files, signal) {
  return (await send("POST", "/uploads", { body: { ...typed(where), files }, once: true, signal })).body;
}

/** What has arrived, and fresh links for the rest. */
export async function renewLinks(where, id, signal) {
  return (await send("POST", step(id, "links"), { body: about(where), signal })).body;
}

export async function completeUpload(where, id, { files, packs }, signal) {
  const body = { ...typed(where), files, ...(packs.length && { packs }) };
  return (await send("POST", step(id, "complete"), { body, once: true, signal })).body;
}

export async function abortUpload(where, id) {
  return (await send("POST", step(id, "abort"), { body: about(where), once: true })).body;
}
