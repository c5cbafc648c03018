// What the forms and lists here share.
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../parts/basics.jsx";
import { Field } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";

/** `[facts, set]`: `set({name: value})` says another value of some of them. */
export function useFacts(begin) {
  const [facts, setFacts] = useState(begin);
  return [facts, (some) => setFacts((before) => ({ ...before, ...some }))];
}

export function Choice({ label, value, change, options }) {
  return (
    <Field label={label}>
      {(id) => (
        <select id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
          {options.map(([name, text]) => (
            <option key={name} value={name}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** What the API says of a group of fields. */
export function Wrong({ text }) {
  return text ? (
    <p class="hint wrong" role="alert">
      {text}
    </p>
  ) : null;
}

const AT_ONCE = 200;

/** So many of them are drawn; `more` draws others when somebody asks. */
export function useSome(items) {
  const [most, setMost] = useState(AT_ONCE);
  const count = items.length - most;
  const more = count > 0 && (
    <div class="center">
      <Button onClick={() => setMost(most + AT_ONCE)}>{t("assets.more", { count })}</Button>
    </div>
  );
  return [items.slice(0, most), more];
}

/** The pages' items; those of before stay in sight until they are all fetched anew. */
export function useStaying(pages) {
  const kept = useRef();
  const had = useRef(0);
  if (pages.done) kept.current = pages.items;
  const items = kept.current ?? pages.items;
  useEffect(() => {
    // A row that has gone took the focus along.
    if (items.length < had.current && document.activeElement === document.body) {
      document.getElementById("main").focus({ preventScroll: true });
    }
    had.current = items.length;
  }, [items]);
  return { ...pages, items };
}
