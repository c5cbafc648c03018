// Runs apart from the page, under a policy of its own: unpacks textures by the decoder of Basis, as three.js has it.
import BASIS from "three/examples/jsm/libs/basis/basis_transcoder.js?script=BASIS";
import { KTX2Loader } from "three/examples/jsm/loaders/KTX2Loader.js";

Object.assign(globalThis, {
  BASIS,
  _EngineFormat: KTX2Loader.EngineFormat,
  _EngineType: KTX2Loader.EngineType,
  _TranscoderFormat: KTX2Loader.TranscoderFormat,
  _BasisFormat: KTX2Loader.BasisFormat,
});
KTX2Loader.BasisWorker();

// A decoder that does not come is a promise that nobody hears.
addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  postMessage({ over: `${event.reason?.message ?? ""}` });
});
