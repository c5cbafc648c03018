// Runs apart from the page, under a policy of its own: unpacks meshes by the decoders of Draco and Meshopt.

import dracoUrl from "three/examples/jsm/libs/draco/gltf/draco_decoder.wasm?url";
import DracoDecoderModule from "three/examples/jsm/libs/draco/gltf/draco_wasm_wrapper.js?script=DracoDecoderModule";
import { MeshoptDecoder } from "three/examples/jsm/libs/meshopt_decoder.module.js";

const TYPES = {
  Int8Array: "DT_INT8",
  Uint8Array: "DT_UINT8",
  Int16Array: "DT_INT16",
  Uint16Array: "DT_UINT16",
  Int32Array: "DT_INT32",
  Uint32Array: "DT_UINT32",
  Float32Array: "DT_FLOAT32",
};
let loading;

/** The decoder is no promise, but has a `then`: so it comes in a box. */
function loadDraco() {
  loading ??= new Promise((onModuleLoaded, fail) => {
    const made = DracoDecoderModule({
      locateFile: () => dracoUrl,
      onModuleLoaded: (draco) => onModuleLoaded({ draco }),
      onAbort: (why) => fail(new Error(`${why}`)),
    });
    made.catch?.(fail);
  });
  return loading;
}

/** That a decoder did not come is another thing than a file that is torn. */
async function ready(decoder) {
  try {
    return await decoder;
  } catch (error) {
    throw Object.assign(new Error(error.message), { noDecoder: true });
  }
}

const WORKS = {
  async meshopt({ count, stride, source, mode, filter }) {
    await ready(MeshoptDecoder.ready);
    const values = new Uint8Array(count * stride);
    MeshoptDecoder.decodeGltfBuffer(values, count, stride, source, mode, filter);
    return [values, [values.buffer]];
  },

  async draco({ source, ids, types }) {
    const { draco } = await ready(loadDraco());
    const decoder = new draco.Decoder();
    try {
      const found = unpack(draco, decoder, new Int8Array(source), ids, types);
      return [found, [...found.attributes, found.index].filter(Boolean).map((one) => one.values.buffer)];
    } finally {
      draco.destroy(decoder);
    }
  },
};

function unpack(draco, decoder, bytes, ids, types) {
  const isMesh = decoder.GetEncodedGeometryType(bytes) === draco.TRIANGULAR_MESH;
  const shape = isMesh ? new draco.Mesh() : new draco.PointCloud();
  try {
    const status = isMesh
      ? decoder.DecodeArrayToMesh(bytes, bytes.length, shape)
      : decoder.DecodeArrayToPointCloud(bytes, bytes.length, shape);
    if (!status.ok()) throw new Error(status.error_msg());
    const attributes = Object.entries(ids).map(([name, id]) => {
      const attribute = decoder.GetAttributeByUniqueId(shape, id);
      if (!attribute.ptr) throw new Error(`${name}?`);
      const size = attribute.num_components();
      const values = copied(draco, globalThis[types[name]], shape.num_points() * size, (bytesLong, place) =>
        decoder.GetAttributeDataArrayForAllPoints(
          shape,
          attribute,
          draco[TYPES[types[name]]],
          bytesLong,
          place,
        ),
      );
      return { name, size, values };
    });
    if (!isMesh) return { attributes };
    const index = copied(draco, Uint32Array, shape.num_faces() * 3, (bytesLong, place) =>
      decoder.GetTrianglesUInt32Array(shape, bytesLong, place),
    );
    return { attributes, index: { values: index } };
  } finally {
    draco.destroy(shape);
  }
}

/** What `write` puts into the decoder's memory, taken out of it. */
function copied(draco, Type, count, write) {
  const place = draco._malloc(count * Type.BYTES_PER_ELEMENT);
  try {
    write(count * Type.BYTES_PER_ELEMENT, place);
    return new Type(draco.HEAPF32.buffer, place, count).slice();
  } finally {
    draco._free(place);
  }
}

addEventListener("message", async ({ data: { id, type, ...what } }) => {
  try {
    const [value, buffers] = await WORKS[type](what);
    postMessage({ id, value }, buffers);
  } catch (error) {
    postMessage({ id, type: "error", error: `${error.message}`, noDecoder: error.noDecoder });
  }
});
