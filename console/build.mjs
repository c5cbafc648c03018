// Makes the console: `node build.mjs` writes build/console at the top of the repository, and holds its budget.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { checkTexts } from "./check_texts.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, "..", "build", "console");
const BASE = "/console/";
// What is loaded before somebody opens a model; the viewer of PDFs, too, comes with the first of them.
const MOST_BYTES = 200_000;
const APART = ["files/pdf.jsx", "files/model/view.jsx"];

/** `import url from "…?url"`: the file goes along as it is, and this is its address. */
const urls = {
  name: "urls",
  setup(building) {
    building.onResolve({ filter: /\?url$/ }, async ({ path, resolveDir, kind }) => {
      const found = await building.resolve(path.replace(/\?url$/, ""), { resolveDir, kind });
      return { path: found.path, namespace: "url" };
    });
    building.onLoad({ filter: /.*/, namespace: "url" }, async ({ path }) => ({
      contents: await readFile(path),
      loader: "file",
    }));
  },
};

checkTexts(await sources(join(HERE, "src")));
await rm(OUT, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: HERE,
  entryPoints: { main: "src/main.jsx" },
  outdir: OUT,
  bundle: true,
  format: "esm",
  splitting: true,
  minify: true,
  target: ["es2022", "safari17", "chrome123", "firefox121"],
  jsx: "automatic",
  jsxImportSource: "preact",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  publicPath: BASE,
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
  plugins: [urls],
});
const outputs = Object.entries(metafile.outputs).map(([path, found]) => ({
  name: path.split("/").pop(),
  ...found,
}));
const main = outputs.find((one) => one.entryPoint === "src/main.jsx");
await writePage(main.name, main.cssBundle.split("/").pop());
await writeLicenses(Object.keys(metafile.inputs));
hold(weigh(main));

async function sources(folder) {
  const names = await readdir(folder, { recursive: true });
  const paths = names
    .filter((name) => /\.jsx?$/.test(name) && !name.startsWith("texts"))
    .map((name) => join(folder, name));
  return Promise.all(paths.map(async (path) => [path, await readFile(path, "utf8")]));
}

async function writePage(script, styles) {
  const page = await readFile(join(HERE, "src", "index.html"), "utf8");
  const icon = "icon.svg";
  await writeFile(join(OUT, icon), await readFile(join(HERE, "src", icon)));
  const whole = page
    .replace("<!-- styles -->", `<link rel="stylesheet" href="${BASE}${styles}">`)
    .replace("<!-- script -->", `<script type="module" src="${BASE}${script}"></script>`)
    .replace(`"${icon}"`, `"${BASE}${icon}"`);
  await writeFile(join(OUT, "index.html"), whole);
}

/** What others have written goes along with the words under which they give it. */
async function writeLicenses(inputs) {
  const names = inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  const texts = [...new Set(names.filter(Boolean))].sort().map(async (name) => {
    const folder = join(HERE, "node_modules", name);
    const file = (await readdir(folder)).find((one) => /^licen[sc]e/i.test(one));
    return `${name}\n\n${await readFile(join(folder, file), "utf8")}`;
  });
  await writeFile(join(OUT, "licenses.txt"), (await Promise.all(texts)).join("\n\n"));
}

/** The bytes of all JavaScript that the page loads, or may load, but for what stands apart. */
function weigh(main) {
  const known = new Map(outputs.map((one) => [one.name, one]));
  const seen = new Set();
  const walk = (one) => {
    if (!one || seen.has(one) || APART.some((name) => one.entryPoint?.endsWith(name))) return;
    seen.add(one);
    for (const { path, kind } of one.imports) if (/import/.test(kind)) walk(known.get(path.split("/").pop()));
  };
  walk(main);
  return [...seen].filter((one) => /\.m?js$/.test(one.name)).reduce((sum, one) => sum + one.bytes, 0);
}

function hold(bytes) {
  const told = `${bytes.toLocaleString("en")} bytes of JavaScript before a viewer is opened`;
  if (bytes > MOST_BYTES) throw new Error(`${told}: more than ${MOST_BYTES.toLocaleString("en")}.`);
  console.log(`The console is in build/console: ${told}.`);
}
