// Pages of a PDF, drawn on canvases by pdf.js; scripts in it are never run.
import { GlobalWorkerOptions, getDocument } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLoad } from "../api/load.js";
import { Busy, Button, Empty } from "../parts/basics.jsx";
import { t } from "../texts/index.js";
import { startWorker } from "./worker.js";

GlobalWorkerOptions.workerPort = startWorker(workerUrl, { type: "module" });
const SHARP = Math.min(globalThis.devicePixelRatio || 1, 2);
// No side of a picture that a browser draws is longer; of a strip that is, all is there, and smaller.
const LONGEST = 8_192;

export function View({ url, name }) {
  const { data: pdf, error } = useLoad((signal) => open(url, signal), [url]);
  const [page, setPage] = useState(1);
  useEffect(() => () => pdf?.loadingTask.destroy(), [pdf]);
  if (error) return <Empty icon="text" title={t("preview.brokenPdf")} />;
  if (!pdf) return <Busy />;
  return (
    <div class="stage-with-bar">
      <Page pdf={pdf} number={page} label={t("preview.page", { name, page, pages: pdf.numPages })} />
      <div class="stage-bar">
        <Button
          icon="back"
          kind="bare"
          aria-label={t("preview.pageBefore")}
          disabled={page === 1}
          onClick={() => setPage(page - 1)}
        />
        <span role="status">{t("preview.pages", { page, pages: pdf.numPages })}</span>
        <Button
          icon="chevron"
          kind="bare"
          aria-label={t("preview.pageAfter")}
          disabled={page === pdf.numPages}
          onClick={() => setPage(page + 1)}
        />
      </div>
    </div>
  );
}

async function open(url, signal) {
  const loading = getDocument({
    url,
    isEvalSupported: false,
    useWasm: false,
    disableAutoFetch: true,
    enableXfa: false,
  });
  signal.addEventListener("abort", () => loading.destroy());
  return loading.promise;
}

function Page({ pdf, number, label }) {
  const box = useRef();
  const [text, setText] = useState("");
  const [broken, setBroken] = useState();
  useEffect(() => {
    setBroken(false);
    let drawing;
    let gone = false;
    (async () => {
      const page = await pdf.getPage(number);
      if (gone) return;
      const plain = page.getViewport({ scale: 1 });
      const wide = (box.current.clientWidth / plain.width) * SHARP;
      const viewport = page.getViewport({ scale: Math.min(wide, LONGEST / plain.height) });
      if (viewport.width < 1 || viewport.height < 1) throw new Error("nothing to draw");
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: viewport.width, height: viewport.height });
      drawing = page.render({ canvas, viewport });
      await drawing.promise;
      const said = await page.getTextContent();
      if (gone) return;
      box.current.replaceChildren(canvas);
      setText(said.items.map((item) => item.str).join(" "));
    })().catch((error) => {
      if (gone || error.name === "RenderingCancelledException") return;
      box.current.replaceChildren();
      setBroken(true);
    });
    return () => {
      gone = true;
      drawing?.cancel();
    };
  }, [pdf, number]);
  return (
    <div class="stage pdf" tabIndex={0} role="group" aria-label={label}>
      {broken && <Empty icon="text" title={t("preview.brokenPage")} />}
      <div class="paper" ref={box} aria-hidden="true" />
      <p class="unseen">{text}</p>
    </div>
  );
}
