// How files go by uploads: small ones many in a pack, large ones in parts, so many of both in one upload.
const MIB = 1024 ** 2;
const PART_BYTES = 16 * MIB;
const MOST_PARTS = 1_000;
// Files up to this size go in packs of about that, and so much of them in one upload.
const PACKED_BYTES = MIB / 2;
const PACK_BYTES = 4 * MIB;
const MOST_PACKED_BYTES = 48 * MIB;
// The service takes 1,000, and has 29 seconds to put them in place; a reply has room for so many links.
const MOST_FILES = 250;
const MOST_LINKS = 1_800;

/** As much as one upload takes; the previews of files come behind all else, for a file has to be there. */
export function batchesOf(files) {
  const ordered = files.toSorted(
    (one, other) => isPicture(one) - isPicture(other) || (one.path < other.path ? -1 : 1),
  );
  const found = [];
  let here;
  for (const file of ordered) {
    const parts = file.size <= PACKED_BYTES ? 0 : partsFor(file.size);
    const inside = parts ? 0 : file.size;
    const full =
      here?.files.length === MOST_FILES ||
      here?.links + parts > MOST_LINKS ||
      here?.packed + inside > MOST_PACKED_BYTES;
    if (!here || full || isPicture(file) !== isPicture(here.files.at(-1))) {
      here = { files: [], links: 0, packed: 0 };
      found.push(here);
    }
    const pack = inside ? Math.floor(here.packed / PACK_BYTES) + 1 : undefined;
    here.files.push({ ...file, parts, pack });
    here.links += parts;
    here.packed += inside;
  }
  return found.map((one) => one.files);
}

export const isPicture = ({ path }) => path.includes(".previewFile.");

/** How many parts a file is sent in. */
export function partsFor(size) {
  const mebibytes = Math.ceil(size / (MOST_PARTS * MIB));
  return Math.ceil(size / Math.max(PART_BYTES, mebibytes * MIB));
}

/** What one link takes each, of files that have not changed: `{key, bytes, stretches: [{file, start, end}]}`. */
export function piecesOf(files, cuts, changed) {
  const packs = new Map();
  const found = [];
  for (const file of files) {
    if (file.pack !== undefined) {
      const pack = packs.get(file.pack) ?? { key: packKey(file.pack), bytes: 0, stretches: [] };
      pack.stretches.push({ file, start: 0, end: file.size });
      pack.bytes += file.size;
      packs.set(file.pack, pack);
    } else if (!changed.has(file.path)) {
      for (let number = 1; number <= file.parts; number++)
        found.push(partOf(file, number, cuts.get(file.path)));
    }
  }
  return [...packs.values(), ...found];
}

function partOf(file, number, cut) {
  const start = (number - 1) * cut;
  const end = Math.min(start + cut, file.size);
  return { key: partKey(file.path, number), bytes: end - start, stretches: [{ file, start, end }] };
}

export const partKey = (path, number) => `${number}/${path}`;
export const packKey = (number) => `pack ${number}`;
