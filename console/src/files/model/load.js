// Reads a model of each kind, and gives its reader the links to whatever the model names beside it.
import { DoubleSide, LoadingManager, Mesh, MeshStandardMaterial, Points, PointsMaterial } from "three";
import { besidePath, gltfOf, namedByGltf, namedByMtl, namedByObj } from "./beside.js";

const PLAIN = { color: 0xb8bcc8, roughness: 0.75, metalness: 0.05, side: DoubleSide };

/** `{object, missing, manager}`; `linkTo(path)` promises the link to a file of the version, or fails where there is none. */
export async function loadModel(path, linkTo) {
  const kind = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  const bytes = await fetched(await linkTo(path));
  const beside = new Beside(path, linkTo);
  const object = await READERS[kind](bytes, beside);
  return { object, missing: beside.missing, manager: beside.manager };
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
  async usdz(bytes) {
    const { USDLoader } = await import("three/examples/jsm/loaders/USDLoader.js");
    return new USDLoader().parse(bytes);
  },
};

async function gltf(bytes, beside) {
  const { GLTFLoader } = await import("three/examples/jsm/loaders/GLTFLoader.js");
  await beside.find(namedByGltf(gltfOf(bytes)));
  return (await new GLTFLoader(beside.manager).parseAsync(bytes, "")).scene;
}

async function materialsOf(libraries, beside) {
  if (!libraries.length) return undefined;
  const { MTLLoader } = await import("three/examples/jsm/loaders/MTLLoader.js");
  await beside.find(libraries);
  const link = beside.links.get(libraries[0]);
  if (!link) return undefined;
  const text = new TextDecoder().decode(await fetched(link));
  await beside.find(namedByMtl(text));
  const reader = new MTLLoader(beside.manager);
  reader.setMaterialOptions({ side: DoubleSide });
  return reader.parse(text, "");
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

async function fetched(url) {
  const reply = await fetch(url, { referrerPolicy: "no-referrer" });
  if (!reply.ok) throw new Error(`${reply.status}`);
  return reply.arrayBuffer();
}

// Drawn in place of a picture that is not there: one white point.
const NOTHING = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=";

/** The links to what stands beside a model, found before its reader asks. */
class Beside {
  constructor(path, linkTo) {
    this.links = new Map();
    this.missing = [];
    this.manager = new LoadingManager();
    this.manager.setURLModifier((name) => {
      if (/^(?:data|blob):/.test(name)) return name;
      return this.links.get(name) ?? NOTHING;
    });
    this.path = path;
    this.linkTo = linkTo;
  }

  async find(names) {
    await Promise.all(
      names.map(async (name) => {
        const path = besidePath(this.path, name);
        if (path === undefined) return;
        try {
          this.links.set(name, await this.linkTo(path));
        } catch (error) {
          if (error.name === "AbortError") throw error;
          this.missing.push(name);
        }
      }),
    );
  }
}
