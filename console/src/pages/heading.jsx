// The heading of a page, which is its title in the browser, too.
import { useEffect } from "preact/hooks";
import { t } from "../texts/index.js";

export function Heading({ title, eyebrow, children, actions }) {
  useEffect(() => {
    document.title = t("title", { page: title });
  }, [title]);
  return (
    <div class="heading">
      <div class="grow">
        {eyebrow && <p class="eyebrow">{eyebrow}</p>}
        <h1>
          <bdi>{title}</bdi>
        </h1>
        {children}
      </div>
      {actions && <div class="actions">{actions}</div>}
    </div>
  );
}
