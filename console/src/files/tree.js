// Files as folders, made of a flat list that comes page by page.

export class FileTree {
  constructor() {
    this.root = folder("", "", -1);
    this.files = [];
    this.taken = 0;
  }

  /** Take in what has come since; `items` only ever grows. */
  add(items) {
    for (; this.taken < items.length; this.taken++) {
      const item = items[this.taken];
      if (item.isFolder) this._folder(item.relativeKey.replace(/\/$/, ""));
      else this._file(item);
    }
    return this;
  }

  _file(item) {
    const cut = item.relativeKey.lastIndexOf("/");
    const parent = this._folder(cut < 0 ? "" : item.relativeKey.slice(0, cut));
    const file = {
      ...item,
      path: item.relativeKey,
      name: item.relativeKey.slice(cut + 1),
      level: parent.level + 1,
    };
    parent.files.push(file);
    this.files.push(file);
    for (let one = parent; one; one = one.parent) {
      one.count += 1;
      one.size += item.size;
    }
  }

  _folder(path) {
    if (!path) return this.root;
    let here = this.root;
    for (const step of path.split("/")) {
      let next = here.folders.get(step);
      if (!next) {
        next = folder(step, here.path + (here.path && "/") + step, here.level + 1, here);
        here.folders.set(step, next);
      }
      here = next;
    }
    return here;
  }

  /** What is to be seen where these folders are open, from top to bottom. */
  rows(open) {
    const found = [];
    const walk = (here) => {
      let place = 0;
      const all = here.folders.size + here.files.length;
      for (const one of here.folders.values()) {
        found.push({ node: one, place: ++place, all });
        if (open.has(one.path)) walk(one);
      }
      for (const one of here.files) found.push({ node: one, place: ++place, all });
    };
    walk(this.root);
    return found;
  }

  /** Files whose path has all these words, in any case. */
  search(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = this.files.filter((file) => {
      const path = file.path.toLowerCase();
      return words.every((word) => path.includes(word));
    });
    return hits.map((node, index) => ({ node, place: index + 1, all: hits.length }));
  }

  find(path) {
    return this.files.find((file) => file.path === path);
  }
}

function folder(name, path, level, parent) {
  return { name, path, level, parent, folders: new Map(), files: [], count: 0, size: 0 };
}

/** What is shown while no file is chosen: what its makers want read first, where there is one. */
export function readme(items) {
  return items.find((one) => /^readme(\.(md|txt))?$/i.test(one.relativeKey));
}

/** The folders that a path is in. */
export function foldersOf(path) {
  const steps = path.split("/").slice(0, -1);
  return steps.map((_, index) => steps.slice(0, index + 1).join("/"));
}

/** What is open: what somebody has opened while they looked at one file; to look at another one opens the way to it. */
export function openNow(tree, open, chosen) {
  const folders = open?.folders ?? openAtFirst(tree);
  return open && open.of === chosen ? folders : new Set([...folders, ...foldersOf(chosen ?? "")]);
}

/** Open at first: ways that have nothing beside them. */
export function openAtFirst(tree) {
  const open = new Set();
  let here = tree.root;
  while (here.folders.size === 1 && !here.files.length) {
    [here] = here.folders.values();
    open.add(here.path);
  }
  return open;
}
