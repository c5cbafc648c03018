// Makes the console: `node build.mjs` writes build/console at the top of the repository, and holds its budget.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { checkTexts } from "./check_texts.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, "..", "build", "console");
const BASE = "/console/";
// Holds for what comes with the first page, and for all pages as they are sent, until somebody opens a PDF or a model.
const MOST_BYTES = 200_000;
const VIEWERS = ["files/pdf.jsx", "files/model/view.jsx", "files/model/pair.jsx"];
const APART = [...VIEWERS, "upload/page.jsx", "admin/pages.js", "pages/tabs.jsx", "acts/dialogs.jsx"];
const HOW = {
  absWorkingDir: HERE,
  outdir: OUT,
  bundle: true,
  minify: true,
  target: ["es2022", "safari17", "chrome123", "firefox121"],
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  publicPath: BASE,
  metafile: true,
  logLevel: "warning",
};
const inputs = new Set();

const WITHOUT_EVAL = join(HERE, "src", "files", "model", "unpack", "without_eval.js");
const EVALUATED = [
  [
    "let[args,invokerFnBody]=createJsInvoker(argTypes,isClassMethodFunc,returns,isAsync);args.push(invokerFnBody);" +
      "var invokerFn=newFunc(Function,args)(...closureArgs);",
    "var invokerFn=invokerOf({types:argTypes,isMethod:isClassMethodFunc,needsStack:needsDestructorStack,returns," +
      "invoke:cppInvokerFunc,target:cppTargetFunc,runDestructors,fail:throwBindingError});",
  ],
  [
    "params.push(functionBody);var invokerFunction=newFunc(Function,params)(...args);",
    "var invokerFunction=callerOf(kind,retType,types,emval_returnValue);",
  ],
];

/** A decoder that evaluates texts gets functions instead; one that would still do so is no part of the console. */
function withoutEval(script) {
  if (!script.includes("newFunc(Function,")) return script;
  const whole = EVALUATED.reduce((text, [before, after]) => text.replace(before, () => after), script);
  if (whole.includes("newFunc(Function,"))
    throw new Error("A decoder evaluates texts otherwise than it did.");
  return `import { callerOf, invokerOf } from ${JSON.stringify(WITHOUT_EVAL)};\n${whole}`;
}

/** `import name from "…?script=name"`: what a script that knows no modules has made global. */
const scripts = {
  name: "scripts",
  setup(building) {
    building.onResolve({ filter: /\?script=\w+$/ }, async ({ path, resolveDir, kind }) => {
      const [file, name] = path.split("?script=");
      const found = await building.resolve(file, { resolveDir, kind });
      return { path: found.path, namespace: "script", pluginData: name };
    });
    building.onLoad({ filter: /.*/, namespace: "script" }, async ({ path, pluginData }) => ({
      contents: `${withoutEval(await readFile(path, "utf8"))}\nexport default ${pluginData};`,
      resolveDir: dirname(path),
    }));
  },
};

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

/**
 * `import url from "…?worker"`: the file with all that it imports becomes one script, and this is its address. The name
 * of the script is the file's, by which it gets a policy of its own: infra/console_headers.py.
 */
const workers = {
  name: "workers",
  setup(building) {
    building.onResolve({ filter: /\?worker$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?worker$/, "")),
      namespace: "worker",
    }));
    building.onLoad({ filter: /.*/, namespace: "worker" }, async ({ path }) => {
      // What these decoders ask for where no browser runs them.
      const how = {
        ...HOW,
        format: "iife",
        define: { "import.meta.url": "self.location.href" },
        external: ["fs", "path"],
        legalComments: "linked",
        plugins: [urls, scripts],
      };
      const { metafile } = await build({ ...how, entryPoints: [path] });
      for (const input of Object.keys(metafile.inputs)) inputs.add(input);
      const [script] = Object.entries(metafile.outputs).find(([, one]) => one.entryPoint);
      return { contents: `export default ${JSON.stringify(BASE + script.split("/").pop())}`, loader: "js" };
    });
  },
};

checkTexts(await sources(join(HERE, "src")));
await rm(OUT, { recursive: true, force: true });
const { metafile } = await build({
  ...HOW,
  entryPoints: { main: "src/main.jsx" },
  format: "esm",
  splitting: true,
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "linked",
  plugins: [urls, workers],
});
for (const input of Object.keys(metafile.inputs)) inputs.add(input);
const outputs = Object.entries(metafile.outputs).map(([path, found]) => ({
  name: path.split("/").pop(),
  ...found,
}));
const main = outputs.find((one) => one.entryPoint === "src/main.jsx");
await writePage(main.name, main.cssBundle.split("/").pop());
await writeLicenses([...inputs]);
hold(
  reached(main, APART).reduce((sum, one) => sum + one.bytes, 0),
  "before any part that is loaded late",
);
const sent = await Promise.all(reached(main, VIEWERS).map(zipped));
hold(
  sent.reduce((sum, bytes) => sum + bytes, 0),
  "in all its pages, as it is sent, before a viewer is opened",
);

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
async function writeLicenses(paths) {
  const names = paths.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  const texts = [...new Set(names.filter(Boolean))].sort().map(async (name) => {
    const folder = join(HERE, "node_modules", name);
    const file = (await readdir(folder)).find((one) => /^licen[sc]e/i.test(one));
    return `${name}\n\n${await readFile(join(folder, file), "utf8")}`;
  });
  // Decoders that three.js gives along say so beside themselves.
  const decoders = [
    ...new Set(paths.map((path) => path.match(/(node_modules\/three\/.*\/libs\/\w+)\//)?.[1])),
  ];
  const notes = decoders.filter(Boolean).map((folder) => readFile(join(HERE, folder, "README.md"), "utf8"));
  await writeFile(join(OUT, "licenses.txt"), (await Promise.all([...texts, ...notes])).join("\n\n"));
}

/** The JavaScript that the page loads, or may load, but for what stands `apart`. */
function reached(main, apart) {
  const known = new Map(outputs.map((one) => [one.name, one]));
  const seen = new Set();
  const walk = (one) => {
    if (!one || seen.has(one) || apart.some((name) => one.entryPoint?.endsWith(name))) return;
    seen.add(one);
    for (const { path, kind } of one.imports) if (/import/.test(kind)) walk(known.get(path.split("/").pop()));
  };
  walk(main);
  return [...seen].filter((one) => /\.m?js$/.test(one.name));
}

async function zipped({ name }) {
  return gzipSync(await readFile(join(OUT, name))).length;
}

function hold(bytes, what) {
  const told = `${bytes.toLocaleString("en")} bytes of JavaScript ${what}`;
  if (bytes > MOST_BYTES) throw new Error(`${told}: more than ${MOST_BYTES.toLocaleString("en")}.`);
  console.log(`The console has ${told}.`);
}
