// Reads a model of each kind, and gives its reader the links to whatever the model names beside it.
import { signal as value } from "@preact/signals";
import { DoubleSide, LoadingManager, Mesh, MeshStandardMaterial, Points, PointsMaterial } from "three";
import { atOnce } from "../../upload/turns.js";
import {
  besidePath,
  bytesBeside,
  bytesMade,
  bytesUnpacked,
  gltfOf,
  isPacked,
  namedByGltf,
  namedByMtl,
  namedByObj,
} from "./beside.js";
import { factsOf } from "./facts.js";

const PLAIN = { color: 0xb8bcc8, roughness: 0.75, metalness: 0.05, side: DoubleSide };

/** More than may be fetched unasked: `size` says how much. */
export class TooLarge extends Error {
  constructor(size) {
    super();
    this.size = size;
  }
}

/**
 * `{object, facts, missing, undrawn, manager}`. `linkTo(path)` promises the link to a file of the version, or fails where
 * there is none; `tell(bytes)` hears how many have come; more than `most` of them are not fetched.
 */
export async function loadModel(path, linkTo, { signal, tell, most }) {
  const kind = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  const beside = new Beside(path, linkTo, { signal, tell, most });
  const bytes = await beside.fetched(await linkTo(path));
  const object = await READERS[kind](bytes, beside);
  const { missing, undrawn, manager } = beside;
  return { object, facts: factsOf(object), missing, undrawn, manager };
}

const READERS = {
  glb: gltf,
  gltf,
  async obj(bytes, beside) {
    const { OBJLoader } = await import("three/examples/jsm/loaders/OBJLoader.js");
    const text = new TextDecoder().decode(bytes);
    const reader = new OBJLoader(beside.manager);
    const materials = await materialsOf(namedByObj(text), beside);
    if (materials) reader.setMaterials(materials);
    return reader.parse(text);
  },
  async stl(bytes) {
    const { STLLoader } = await import("three/examples/jsm/loaders/STLLoader.js");
    return solid(new STLLoader().parse(bytes));
  },
  async ply(bytes) {
    const { PLYLoader } = await import("three/examples/jsm/loaders/PLYLoader.js");
    const shape = new PLYLoader().parse(bytes);
    return shape.index ? solid(shape) : cloud(shape);
  },
  async usdz(bytes, beside) {
    const { USDLoader } = await import("three/examples/jsm/loaders/USDLoader.js");
    beside.room(bytesUnpacked(bytes));
    return new USDLoader(beside.manager).parse(bytes);
  },
};

async function gltf(bytes, beside) {
  const { GLTFLoader } = await import("three/examples/jsm/loaders/GLTFLoader.js");
  const said = gltfOf(bytes);
  beside.room(bytes.byteLength + bytesBeside(said) + bytesMade(said));
  await beside.find(namedByGltf(said));
  const reader = new GLTFLoader(beside.manager);
  if (!isPacked(said)) return (await reader.parseAsync(bytes, "")).scene;
  const { Unpacking } = await import("./unpack/packed.js");
  const unpacking = new Unpacking(reader, beside);
  try {
    return (await reader.parseAsync(bytes, "")).scene;
  } finally {
    unpacking.end();
  }
}

async function materialsOf(libraries, beside) {
  await beside.find(libraries);
  const there = libraries.filter((name) => beside.links.has(name));
  if (!there.length) return undefined;
  const { MTLLoader } = await import("three/examples/jsm/loaders/MTLLoader.js");
  const texts = there.map(async (name) => {
    const text = new TextDecoder().decode(await beside.fetched(beside.links.get(name)));
    await beside.find(namedByMtl(text), besidePath(beside.path, name));
    return text;
  });
  const reader = new MTLLoader(beside.manager);
  reader.setMaterialOptions({ side: DoubleSide });
  return reader.parse((await Promise.all(texts)).join("\n"), "");
}

function solid(shape) {
  if (!shape.attributes.normal) shape.computeVertexNormals();
  return new Mesh(
    shape,
    new MeshStandardMaterial({ ...PLAIN, vertexColors: Boolean(shape.attributes.color) }),
  );
}

function cloud(shape) {
  const coloured = Boolean(shape.attributes.color);
  const how = coloured ? { vertexColors: true } : { color: 0x6b7288 };
  return new Points(shape, new PointsMaterial({ size: 2, sizeAttenuation: false, ...how }));
}

// Drawn in place of a picture that is not there: one white point.
const NOTHING = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=";
const HELD = /^(?:data|blob):/i;
// A model may name any number of files: so many are asked for, and so many at once.
const MOST_NAMED = 1_000;
const ASKED_AT_ONCE = 6;

/** The links to what stands beside a model, found before its reader asks. */
class Beside {
  constructor(path, linkTo, { signal, tell, most }) {
    Object.assign(this, { path, linkTo, signal, tell, most });
    this.links = new Map();
    this.missing = [];
    // Pictures may come, or not, long after the shape is there.
    this.undrawn = value(0);
    this.manager = new LoadingManager();
    this.manager.setURLModifier((name) => (this.isMissing(name) ? NOTHING : (this.links.get(name) ?? name)));
    this.manager.onError = () => {
      this.undrawn.value += 1;
    };
  }

  isMissing(name) {
    return !HELD.test(name) && !this.links.has(name);
  }

  /** `names` as the file at `from` says them. */
  async find(names, from = this.path) {
    const asked = names.filter((name) => !HELD.test(name));
    this.missing.push(...asked.splice(MOST_NAMED));
    await atOnce(ASKED_AT_ONCE, asked, async (name) => {
      this.signal.throwIfAborted();
      const path = besidePath(from, name);
      try {
        // Nobody else's host is asked for anything.
        if (path === undefined) this.missing.push(name);
        else this.links.set(name, await this.linkTo(path));
      } catch (error) {
        if (error.name === "AbortError") throw error;
        this.missing.push(name);
      }
    });
  }

  /** So many bytes may be made of it unasked. */
  room(size) {
    if (size > this.most) throw new TooLarge(size);
  }

  async fetched(url) {
    const { signal } = this;
    const reply = await fetch(url, { signal, referrerPolicy: "no-referrer" });
    if (!reply.ok) throw new Error(`${reply.status}`);
    const whole = Number(reply.headers.get("Content-Length"));
    if (whole > this.most) await reply.body.cancel();
    this.room(whole);
    const parts = [];
    let size = 0;
    for await (const part of pieces(reply.body)) {
      parts.push(part);
      size += part.length;
      this.tell(size);
    }
    return new Blob(parts).arrayBuffer();
  }
}

async function* pieces(stream) {
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}
