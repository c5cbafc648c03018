// One file beside the list that it was chosen from.
import { t } from "../texts/index.js";
import { Button } from "./basics.jsx";
import { nameOf } from "./format.js";

/** `facts` stand beside its name. */
export function FilePane({ path, facts, children }) {
  const [name, folder] = nameOf(path);
  return (
    <section class="preview" aria-label={t("preview.label", { name })}>
      <header class="preview-head">
        <h2>
          <bdi class="folder-name">{folder}</bdi>
          <bdi>{name}</bdi>
        </h2>
        {facts}
      </header>
      {children}
    </section>
  );
}

/** Where there is room for one of the two only. */
export function BackToFiles({ back }) {
  return (
    <Button icon="back" kind="link" class="split-back" onClick={back}>
      {t("files.back")}
    </Button>
  );
}
