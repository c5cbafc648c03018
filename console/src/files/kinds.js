// What the name of a file says about how it can be shown.
const KINDS = {
  image: "png jpg jpeg gif webp avif svg bmp ico apng jfif",
  video: "mp4 m4v webm mov ogv",
  audio: "mp3 wav ogg oga flac m4a aac opus",
  pdf: "pdf",
  model: "gltf glb obj stl ply usdz",
  // Models, too, but no browser reads them.
  scene: "fbx blend max ma mb c4d hip abc usd usdc dae 3ds 3dm skp step stp iges igs ztl",
  text:
    "txt md markdown rst csv tsv json jsonl yaml yml toml ini cfg conf log xml html htm xhtml css js mjs ts tsx " +
    "jsx py rb go rs c h cc cpp hpp java kt swift sh bash ps1 bat sql glsl hlsl wgsl vert frag shader mtl usda " +
    "mtlx osl lua gd cs tex srt vtt ass cube edl xmp gitignore env properties lock diff patch",
};
const KIND_OF = new Map(
  Object.entries(KINDS).flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind])),
);
const ICONS = {
  image: "image",
  video: "video",
  audio: "sound",
  model: "model",
  scene: "model",
  text: "text",
  pdf: "text",
};

export function kindOf(path) {
  return KIND_OF.get(path.slice(path.lastIndexOf(".") + 1).toLowerCase()) ?? "other";
}

export function iconOf(path) {
  return ICONS[kindOf(path)] ?? "file";
}
