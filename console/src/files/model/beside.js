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

const COMPONENT_BYTES = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4 };
const COMPONENTS = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 };
const MESHOPT = ["KHR_meshopt_compression", "EXT_meshopt_compression"];

/** How much a glTF makes of few bytes, or of none: values that stand in no buffer, and buffers that are packed. */
export function bytesMade({ accessors = [], bufferViews = [] }) {
  const values = accessors
    .filter(({ bufferView }) => bufferView === undefined)
    .map(({ count, type, componentType }) => count * COMPONENTS[type] * COMPONENT_BYTES[componentType]);
  const packed = bufferViews
    .flatMap(({ extensions }) => MESHOPT.map((name) => extensions?.[name]))
    .map((one) => (one ? one.count * one.byteStride : 0));
  return [...values, ...packed].reduce((sum, bytes) => sum + (bytes || 0), 0);
}

const ZIP_END = 0x06054b50;
const ZIP_END_BYTES = 22;
const ZIP_ENTRY = 0x02014b50;
const ZIP_ENTRY_BYTES = 46;

/** How much the files of a ZIP have once they are unpacked, as its list of them says. */
export function bytesUnpacked(bytes) {
  const view = new DataView(bytes);
  let end = bytes.byteLength - ZIP_END_BYTES;
  while (end >= 0 && view.getUint32(end, true) !== ZIP_END) end -= 1;
  if (end < 0) return 0; // no ZIP: its reader says so
  let sum = 0;
  let at = view.getUint32(end + 16, true);
  while (at + ZIP_ENTRY_BYTES <= end && view.getUint32(at, true) === ZIP_ENTRY) {
    sum += view.getUint32(at + 24, true);
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    at += ZIP_ENTRY_BYTES + name + extra + comment;
  }
  return sum;
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
