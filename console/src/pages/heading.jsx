// The heading of a page, which is its title in the browser, too.
import { useEffect } from "preact/hooks";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";

/** A page that there is nothing to show on: what it would have shown, and why not. */
export function Refused({ title, ...rest }) {
  return (
    <>
      <Heading title={title} />
      <Refusal {...rest} />
    </>
  );
}

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
      </div>
      {children && <div class="heading-more">{children}</div>}
      {actions && <div class="actions">{actions}</div>}
    </div>
  );
}
