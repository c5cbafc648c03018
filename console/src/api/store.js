// The routes that the page calls, one function each; what they answer stands in docs/api/vams.md.
import { get, send } from "./http.js";

const step = encodeURIComponent;
export const assetPath = ({ database, asset }) => `/database/${step(database)}/assets/${step(asset)}`;

export const page = (items, body) => ({ items, next: body.NextToken, body });

export async function listDatabases({ token, signal }) {
  const body = await get("/database", { pageSize: 100, startingToken: token }, signal);
  return page(body.Items, body);
}

export function getDatabase(database, signal) {
  return get(`/database/${step(database)}`, {}, signal);
}

export async function listAssets(database, { showArchived, token, signal }) {
  const query = { pageSize: 200, startingToken: token, showArchived: showArchived || undefined };
  const body = await get(`/database/${step(database)}/assets`, query, signal);
  return page(body.Items, body);
}

export function getAsset(where, signal) {
  return get(assetPath(where), {}, signal);
}

export function createDatabase(fields) {
  return send("POST", "/database", { body: fields, once: true });
}

export function createAsset(database, fields) {
  return send("POST", "/assets", { body: { databaseId: database, ...fields }, once: true });
}

const changeAsset = (method, path) => (where, body, match) =>
  send(method, assetPath(where) + path, { body, match, once: true });

export const updateAsset = changeAsset("PUT", "");
export const archiveAsset = changeAsset("DELETE", "/archiveAsset");
export const unarchiveAsset = changeAsset("PUT", "/unarchiveAsset");
export const deleteAsset = changeAsset("DELETE", "/deleteAsset");

/** The tags that assets may have; any, where there are none. */
export async function listTags(signal) {
  return (await get("/tags", { pageSize: 1000 }, signal)).Items;
}

export async function listVersions(where, { showArchived, token, signal, pageSize = 50 }) {
  const query = { pageSize, startingToken: token, showArchived: showArchived || undefined };
  const body = await get(`${assetPath(where)}/getVersions`, query, signal);
  return page(body.versions, body);
}

/** With one of its files at most: those come by `listFiles`. */
export function getVersion(where, version, signal) {
  return get(`${assetPath(where)}/getVersion/${step(version)}`, { pageSize: 1 }, signal);
}

export async function listFiles(where, version, { token, signal }) {
  const query = { pageSize: 5000, startingToken: token, assetVersionId: version, basic: true };
  const body = await get(`${assetPath(where)}/listFiles`, query, signal);
  return page(body.items, body);
}

export async function compareVersions(where, a, b, { token, signal, pageSize = 1000 }) {
  const path = `${assetPath(where)}/compareVersions/${step(a)}/${step(b)}`;
  const body = await get(path, { pageSize, startingToken: token }, signal);
  return page(body.files, body);
}

/** `at` is `{assetVersionId}`, `{versionId}` of an object version, or nothing for the file of now. */
export async function linkToFile(where, path, at, signal) {
  const body = { downloadType: "assetFile", key: `/${path}`, ...at };
  return (await send("POST", `${assetPath(where)}/download`, { body, signal })).body;
}

export async function linkToPreview(where, signal) {
  const body = { downloadType: "assetPreview" };
  return (await send("POST", `${assetPath(where)}/download`, { body, signal })).body;
}

/** Metadata of the asset, or of one file, as the version keeps it. */
export function getMetadata(where, version, filePath, signal) {
  const query = { assetVersionId: version, ...(filePath && { filePath: `/${filePath}`, type: "metadata" }) };
  return get(`${assetPath(where)}/metadata${filePath ? "/file" : ""}`, query, signal);
}

/** A version as Posta tells it, with its variables: VAMS has no word for them. */
export function getVariables(postaId, versionId, signal) {
  return get(`/assets/${step(postaId)}/versions/${step(versionId)}`, {}, signal);
}

/** What both tiers say about me, an asset and, where it is named, a route. */
export function explainAccess({ database, asset, route }, signal) {
  return get("/auth/me", { databaseId: asset && database, assetId: asset, route }, signal);
}

const change = (method, path) => async (where, version, body, match) =>
  send(method, `${assetPath(where)}/${path.replace("{}", step(version))}`, { body, match, once: true });

/** `key` is the same for each try of one version. */
export const createVersion = (where, body, key = true) =>
  send("POST", `${assetPath(where)}/createVersion`, { body, once: key });
export const updateVersion = change("PUT", "assetversions/{}");
export const publishVersion = change("POST", "assetversions/{}/publish");
export const archiveVersion = change("POST", "assetversions/{}/archive");
export const unarchiveVersion = change("POST", "assetversions/{}/unarchive");
export const zipVersion = change("POST", "assetversions/{}/zip");
export const revertVersion = change("POST", "revertAssetVersion/{}");
export const activateVersion = change("POST", "assetversions/{}/activate");
export const cloneVersion = change("POST", "assetversions/{}/clone");
export const verifyVersion = change("POST", "assetversions/{}/verify");
export const deleteVersion = change("DELETE", "assetversions/{}");

/** The newest of an asset: those at work, and what became of others. */
export async function listJobs(where, signal) {
  return (await get(`${assetPath(where)}/operations`, {}, signal)).operations;
}

export function getJob(where, operationId, signal) {
  return get(`${assetPath(where)}/operations/${step(operationId)}`, {}, signal);
}

export async function cancelJob(where, operationId) {
  return (await send("DELETE", `${assetPath(where)}/operations/${step(operationId)}`)).body;
}
