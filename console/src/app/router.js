// The address of each page: below `#`, so that names of assets and files never reach a server's log.
import { signal } from "@preact/signals";

const join = (...steps) => `#/${steps.map(encodeURIComponent).join("/")}`;

export const links = {
  databases: () => "#/",
  assets: (database) => join(database),
  asset: (database, asset, query) => join(database, asset) + ask(query),
  version: (database, asset, version, query) => join(database, asset, "v", version) + ask(query),
  working: (database, asset, query) => join(database, asset, "working") + ask(query),
  upload: (database, asset) => join(database, asset, "upload"),
  compare: (database, asset, a, b, query) => join(database, asset, "compare", a, b) + ask(query),
  // No database can be called so.
  webhooks: () => join("~webhooks"),
  webhook: (id) => join("~webhooks", id),
  tokens: () => join("~tokens"),
  access: (query) => join("~access") + ask(query),
};

function ask(query = {}) {
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return said.length ? `?${new URLSearchParams(said)}` : "";
}

function decoded(step) {
  try {
    return decodeURIComponent(step);
  } catch {
    return step; // typed by hand: a lone %
  }
}

/** What an address names: the page, its parameters, and what stands behind the `?`. */
export function parse(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const steps = path.split("/").filter(Boolean).map(decoded);
  const [database, asset, kind, a, b, ...rest] = steps;
  const asked = Object.fromEntries(new URLSearchParams(query));
  const found = (page, parameters) => ({ page, ...parameters, query: asked, path });
  // Nothing is called so, and in a request they would lead to another route than the one that is meant.
  if (steps.some((step) => step === "." || step === "..")) return found("nowhere", {});
  if (!database) return found("databases", {});
  if (database === "~webhooks" && !kind) return found(asset ? "webhook" : "webhooks", { webhook: asset });
  if (database === "~tokens" && !asset) return found("tokens", {});
  if (database === "~access" && !asset) return found("access", {});
  if (!asset) return found("assets", { database });
  if (!kind) return found("asset", { database, asset });
  if (kind === "v" && a && !b) return found("version", { database, asset, version: a });
  if ((kind === "working" || kind === "upload") && !a) return found(kind, { database, asset });
  if (kind === "compare" && a && b && !rest.length) return found("compare", { database, asset, a, b });
  return found("nowhere", {});
}

export const route = signal(parse(location.hash));

addEventListener("hashchange", () => {
  route.value = parse(location.hash);
});

export function go(address) {
  location.hash = address;
}

/** Say something else behind the `?`, without a step in the browser's history. */
export function askHere(changes) {
  const { path, query } = route.peek();
  history.replaceState(null, "", `#/${path}${ask({ ...query, ...changes })}`);
  route.value = parse(location.hash);
}
