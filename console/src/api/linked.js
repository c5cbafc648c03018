// Which assets belong together: parents, children, related ones.
import { get, send } from "./http.js";
import { assetPath } from "./store.js";

export function listLinks(where, signal) {
  return get(`${assetPath(where)}/asset-links`, {}, signal);
}

/** `kind` is what the other one is to this asset: parent, child or related. */
export function createLink(where, kind, other, alias) {
  const [from, to] = kind === "parent" ? [other, where] : [where, other];
  const body = {
    fromAssetId: from.asset,
    fromAssetDatabaseId: from.database,
    toAssetId: to.asset,
    toAssetDatabaseId: to.database,
    relationshipType: kind === "related" ? "related" : "parentChild",
    ...(alias && kind !== "related" && { assetLinkAliasId: alias }),
  };
  return send("POST", "/asset-links", { body, once: true });
}

export function deleteLink(id) {
  return send("DELETE", `/asset-links/${encodeURIComponent(id)}`, { once: true });
}
