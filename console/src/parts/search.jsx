// A field to look for something in a list that is on the page; `/` leads to it.
import { useEffect, useRef } from "preact/hooks";
import { t } from "../texts/index.js";
import { Icon } from "./icons.jsx";

const TYPING = "input, textarea, select, dialog *";

export function Search({ label, text, change }) {
  const field = useRef();
  useEffect(() => {
    const lead = (event) => {
      if (event.key !== "/" || event.target.closest(TYPING)) return;
      event.preventDefault();
      field.current.focus();
    };
    addEventListener("keydown", lead);
    return () => removeEventListener("keydown", lead);
  }, []);
  return (
    <label class="search">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        value={text}
        placeholder={label}
        aria-label={label}
        aria-keyshortcuts="/"
        onInput={(event) => change(event.currentTarget.value)}
      />
      <kbd title={t("search.key")}>/</kbd>
    </label>
  );
}
