// What a model is made of, in numbers: what two versions of it differ by.
import { Box3, Vector3 } from "three";

/** `{triangles, points, meshes, materials, textures, size, space}`. */
export function factsOf(object) {
  const materials = new Set();
  const textures = new Set();
  const found = { triangles: 0, points: 0, meshes: 0 };
  object.traverse(({ isMesh, isPoints, geometry, material, count = 1 }) => {
    if (isMesh) {
      found.meshes += 1;
      found.triangles += Math.floor(cornersOf(geometry) / 3) * count;
    }
    if (isPoints) found.points += cornersOf(geometry);
    if (!isMesh && !isPoints) return;
    for (const one of [material].flat().filter(Boolean)) {
      materials.add(one);
      for (const texture of texturesOf(one)) textures.add(texture.source);
    }
  });
  const space = new Box3().setFromObject(object);
  const size = space.getSize(new Vector3()).toArray();
  // A corner that is nowhere has no place in the space; nothing could be seen from there.
  if (!size.every(Number.isFinite)) space.makeEmpty();
  if (space.isEmpty()) size.fill(0);
  return { ...found, materials: materials.size, textures: textures.size, size: size.map(rounded), space };
}

export function texturesOf(material) {
  return Object.values(material).filter((value) => value?.isTexture);
}

const cornersOf = ({ index, attributes }) => (index ?? attributes.position)?.count ?? 0;
const rounded = (value) => Number(value.toPrecision(4));
