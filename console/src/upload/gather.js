// What was dropped or chosen, as files with their paths; folders are read to the end, a batch at a time.

// What systems leave in folders, and nobody means to send; `.avs` is the memory of our own command line.
const JUNK =
  /^(?:\.ds_store|\._.*|thumbs\.db|ehthumbs\.db|desktop\.ini|\.avs|\.spotlight-v100|\.trashes|\.fseventsd|__macosx)$/i;
const READERS = 24;

export const isJunk = (path) => path.split("/").some((step) => JUNK.test(step));

/** What a choice of files or of a folder holds. */
export function fromInput(list) {
  const found = empty();
  for (const file of list) take(found, file.webkitRelativePath || file.name, file);
  return found;
}

/** What was dropped; `tell` hears how many there are so far. What it holds has to be asked for at once. */
export function fromDrop(transfer, tell) {
  const items = [...transfer.items].filter((one) => one.kind === "file");
  const roots = items.map((one) => one.webkitGetAsEntry?.() ?? fileEntry(one.getAsFile())).filter(Boolean);
  return read(roots, tell);
}

/** Files and folders, as a browser hands them out; a folder may tell its files a hundred at a time. */
export async function read(roots, tell = () => {}) {
  const found = empty();
  const waiting = roots.map((entry) => [entry, entry.name]);
  let busy = 0;
  const work = async () => {
    while (waiting.length) {
      const [entry, path] = waiting.pop();
      busy += 1;
      await takeEntry(entry, path, found, waiting);
      busy -= 1;
      tell(found.files.length);
    }
  };
  // Who finds nothing to do may be too early: others are still reading.
  while (waiting.length || busy) await Promise.all(Array.from({ length: READERS }, work));
  return found;
}

async function takeEntry(entry, path, found, waiting) {
  if (isJunk(path)) {
    found.left.push(path);
    return;
  }
  try {
    if (!entry.isDirectory) {
      const again = () => new Promise((resolve, reject) => entry.file(resolve, reject));
      take(found, path, await again(), again);
      return;
    }
    for (const one of await inside(entry)) waiting.push([one, `${path}/${one.name}`]);
  } catch {
    found.unreadable.push(path); // a link to nowhere, or what this person may not read: told by its name
  }
}

async function inside(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return all;
    all.push(...some);
  }
}

const empty = () => ({ files: [], left: [], unreadable: [] });

/** `again` reads the file anew, where the browser can: one that has changed on the disk is lost to it. */
function take(found, path, file, again) {
  if (isJunk(path)) found.left.push(path);
  else found.files.push({ path, file, again });
}

function fileEntry(file) {
  return file && { name: file.name, isDirectory: false, file: (resolve) => resolve(file) };
}

/** Both, a later file in the place of an earlier one of the same path. */
export function together(before, more) {
  const files = new Map([...before.files, ...more.files].map((one) => [one.path, one]));
  const both = (name) => [...new Set([...before[name], ...more[name]])];
  return { files: [...files.values()], left: both("left"), unreadable: both("unreadable") };
}

/** The folder that all of it is in; undefined where there is none. */
export function folderOf({ files }) {
  const cut = files[0]?.path.indexOf("/") ?? -1;
  const begin = files[0]?.path.slice(0, cut + 1);
  return cut > 0 && files.every((one) => one.path.startsWith(begin)) ? begin.slice(0, -1) : undefined;
}
