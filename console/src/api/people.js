// Who is told of an asset's versions, and what people say about them; docs/api/vams.md has the routes.
import { get, send } from "./http.js";
import { page } from "./store.js";

const step = encodeURIComponent;
const about = ({ database, asset }) => ({
  eventName: "Asset Version Change",
  entityName: "Asset",
  entityId: asset,
  databaseId: database,
});

export async function isSubscribed({ database, asset }, name, signal) {
  const body = { userId: name, assetId: asset, databaseId: database };
  return (
    (await send("POST", "/check-subscription", { body, reads: true, signal })).body.message === "success"
  );
}

/** The names of all who are in. There is one list of all assets, so it is gone through until this one comes. */
export async function listSubscribers({ database, asset }, signal) {
  for (let token; ; ) {
    const body = await get("/subscriptions", { startingToken: token }, signal);
    const found = body.Items.find((one) => one.databaseId === database && one.entityId === asset);
    token = body.NextToken;
    if (found || !token) return found?.subscribers ?? [];
  }
}

export function subscribe(where, names) {
  return send("POST", "/subscriptions", { body: { ...about(where), subscribers: names }, once: true });
}

export function unsubscribe(where, names) {
  return send("DELETE", "/unsubscribe", { body: { ...about(where), subscribers: names }, once: true });
}

export async function listComments({ database, asset }, { token, signal }) {
  const query = { databaseId: database, startingToken: token };
  const body = await get(`/comments/assets/${step(asset)}`, query, signal);
  return page(body.message, body);
}

const commentPath = ({ asset }, place) =>
  `/comments/assets/${step(asset)}/assetVersionId:commentId/${step(place)}`;

export function writeComment(where, place, commentBody) {
  return send("POST", commentPath(where, place), said(where, commentBody));
}

export function editComment(where, place, commentBody) {
  return send("PUT", commentPath(where, place), said(where, commentBody));
}

export function deleteComment(where, place) {
  return send("DELETE", commentPath(where, place), { query: { databaseId: where.database }, once: true });
}

function said({ database }, commentBody) {
  return { query: { databaseId: database }, body: { commentBody }, once: true };
}
