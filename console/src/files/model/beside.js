// What a model names beside it: buffers and textures, by ways relative to its own folder.

/** The path in the version that a model at `path` means by `name`; undefined for what is in the model itself. */
export function besidePath(path, name) {
  if (/^[a-z][a-z0-9+.-]+:/i.test(name)) return undefined; // data:, blob:, or somebody's host, which is not asked
  const steps = path.split("/").slice(0, -1);
  for (const step of plain(name).replaceAll("\\", "/").split("/")) {
    if (step === "..") steps.pop();
    else if (step && step !== ".") steps.push(step);
  }
  return steps.join("/");
}

function plain(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a lone %
  }
}

/** What a glTF names. */
export function namedByGltf(gltf) {
  const all = [...(gltf.buffers ?? []), ...(gltf.images ?? [])].map((one) => one.uri);
  return [...new Set(all.filter((uri) => typeof uri === "string"))];
}

/** How much the buffers have that a glTF names. */
export function bytesBeside(gltf) {
  const outside = (gltf.buffers ?? []).filter(
    ({ uri }) => typeof uri === "string" && !uri.startsWith("data:"),
  );
  return outside.reduce((sum, { byteLength }) => sum + (byteLength || 0), 0);
}

const PACKINGS = new Set([
  "KHR_draco_mesh_compression",
  "KHR_meshopt_compression",
  "EXT_meshopt_compression",
  "KHR_texture_basisu",
]);

/** Whether it takes a decoder to read it. */
export function isPacked(gltf) {
  return (gltf.extensionsUsed ?? []).some((name) => PACKINGS.has(name));
}

/** The libraries of materials that an OBJ names. */
export function namedByObj(text) {
  return [...text.matchAll(/^mtllib[ \t]+(.+?)[ \t]*$/gm)].map(([, name]) => name);
}

/** The pictures that such a library names: the last word of a line, behind its options. */
export function namedByMtl(text) {
  const lines = text.matchAll(/^[ \t]*(?:map_\w+|bump|disp|decal|norm|refl)[ \t]+(.+?)[ \t]*$/gim);
  return [
    ...new Set([...lines].map(([, words]) => words.replace(/^(?:-\w+(?:[ \t]+[\d.-]+){0,3}[ \t]+)+/, ""))),
  ];
}

/** The JSON of a binary glTF, which stands in its first chunk. */
export function gltfOf(bytes) {
  const view = new DataView(bytes);
  const isBinary = bytes.byteLength > 20 && view.getUint32(0, true) === 0x46546c67;
  const json = isBinary ? new Uint8Array(bytes, 20, view.getUint32(12, true)) : new Uint8Array(bytes);
  return JSON.parse(new TextDecoder().decode(json));
}
