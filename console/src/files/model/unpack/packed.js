// What GLTFLoader asks where a glTF is packed: each decoder runs in a script of its own, and is loaded when it is needed.

import { BufferAttribute, BufferGeometry, DataTexture } from "three";
import basisUrl from "three/examples/jsm/libs/basis/basis_transcoder.wasm?url";
import { KTX2Loader } from "three/examples/jsm/loaders/KTX2Loader.js";
import { Helper, NoDecoder } from "./helper.js";
import meshesUrl from "./unpack_meshes.js?worker";
import texturesUrl from "./unpack_textures.js?worker";

/** Gives the reader its decoders; to be ended when all is read. */
export class Unpacking {
  constructor(reader, beside) {
    this.meshes = new Helper(meshesUrl);
    this.textures = new Textures(beside);
    reader.setDRACOLoader({ preload() {}, decodeDracoFile: (...said) => this.draco(...said) });
    reader.setMeshoptDecoder({ supported: true, decodeGltfBufferAsync: (...said) => this.meshopt(...said) });
    reader.setKTX2Loader(this.textures);
  }

  async draco(source, done, ids, types, _space, fail) {
    try {
      const { value } = await this.meshes.ask({ type: "draco", source, ids, types });
      const shape = new BufferGeometry();
      if (value.index) shape.setIndex(new BufferAttribute(value.index.values, 1));
      for (const { name, size, values } of value.attributes) {
        shape.setAttribute(name, new BufferAttribute(values, size));
      }
      done(shape);
    } catch (error) {
      fail(error);
    }
  }

  async meshopt(count, stride, source, mode, filter) {
    // Of the whole file the script needs no more than this.
    const packed = source.slice();
    const question = { type: "meshopt", count, stride, source: packed, mode, filter };
    return (await this.meshes.ask(question, [packed.buffer])).value;
  }

  end() {
    this.meshes.end();
    this.textures.end();
  }
}

/** three.js's own reader of KTX2, with our script in place of those that it would start from a blob. */
class Textures extends KTX2Loader {
  constructor(beside) {
    super(beside.manager);
    this.beside = beside;
    this.helper = new Helper(texturesUrl);
    this.workerPool = {
      postMessage: async (question, moved) => ({ data: await this.helper.ask(question, moved) }),
    };
  }

  load(name, done, progress, fail) {
    if (this.beside.isMissing(name)) return done(whitePoint());
    this.workerConfig ?? this.look();
    return super.load(name, done, progress, fail);
  }

  parse(buffer, done) {
    this.workerConfig ?? this.look();
    super.parse(buffer, done, () => {
      this.beside.undrawn.value += 1;
      done(whitePoint());
    });
  }

  init() {
    this.transcoderPending ??= fetch(basisUrl).then(async (reply) => {
      if (!reply.ok) throw new NoDecoder(`${reply.status}`);
      const transcoderBinary = await reply.arrayBuffer();
      this.helper.tell({ type: "init", config: this.workerConfig, transcoderBinary }, [transcoderBinary]);
    });
    return this.transcoderPending;
  }

  /** Which packed forms this machine can draw as they are. */
  look() {
    const gl = document.createElement("canvas").getContext("webgl2");
    const know = (name) => gl?.getExtension(name);
    this.detectSupport({ extensions: { has: (name) => Boolean(know(name)), get: know } });
    know("WEBGL_lose_context")?.loseContext();
  }

  end() {
    this.helper.end();
  }
}

function whitePoint() {
  const point = new DataTexture(new Uint8Array([255, 255, 255, 255]));
  point.needsUpdate = true;
  return point;
}
