// Files or folders that are dropped anywhere on a page of an asset are taken to where uploads begin.
import { useEffect, useState } from "preact/hooks";
import { go, links } from "../app/router.js";
import { say } from "../app/toast.jsx";
import { Icon } from "../parts/icons.jsx";
import { t } from "../texts/index.js";
import { fromDrop } from "./gather.js";
import { choose, isAtWork } from "./now.js";

const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");

// A browser leaves the page for a file that is dropped anywhere else.
for (const name of ["dragover", "drop"]) {
  addEventListener(name, (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "none";
  });
}

export function DropHere({ where, name }) {
  const [target, setTarget] = useState();
  useEffect(() => {
    const over = (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setTarget(folderAt(event));
    };
    const leave = (event) => event.relatedTarget || setTarget(undefined);
    const drop = (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setTarget(undefined);
      take(where, event);
    };
    const stop = new AbortController();
    addEventListener("dragenter", over, stop);
    addEventListener("dragover", over, stop);
    addEventListener("dragleave", leave, stop);
    addEventListener("drop", drop, stop);
    return () => stop.abort();
  }, [where]);
  if (target === undefined) return null;
  return (
    <div class="drop-over">
      <p>
        <Icon name="upload" />
        <span>
          {t("upload.drop")} <bdi>{target ? `${name} / ${target}` : name}</bdi>
        </span>
      </p>
    </div>
  );
}

function take(where, event) {
  if (isAtWork()) return say(t("upload.oneAtATime"));
  const transfer = event.dataTransfer;
  choose(where, (tell) => fromDrop(transfer, tell), folderAt(event) || undefined);
  return go(links.upload(where.database, where.asset));
}

/** The folder of a tree that is below the pointer, "" for the asset itself. */
function folderAt(event) {
  const row = event.target.closest?.("[data-path][aria-expanded]");
  return row?.dataset.path ?? "";
}
