// What the dialogs here are made of: fields that show the API's own words, lists of words, a list that stays.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Button } from "../parts/basics.jsx";
import { Field } from "../parts/dialog.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { problemAt } from "./problem.js";

/** `[facts, set]`: `set({name: value})` says another value of some of them. */
export function useFacts(begin) {
  const [facts, setFacts] = useState(begin);
  return [facts, (some) => setFacts((before) => ({ ...before, ...some }))];
}

/** One line of text; with `options` the browser offers them, and takes others as well. */
export function Text({ label, hint, value, change, error, options, lines, ...rest }) {
  const input = useRef();
  const listId = useId();
  useEffect(() => {
    if (error) input.current.focus();
  }, [error]);
  const Kind = lines ? "textarea" : "input";
  return (
    <Field label={label} hint={hint} error={error}>
      {(id, described) => (
        <>
          <Kind
            ref={input}
            id={id}
            rows={lines}
            aria-describedby={described}
            aria-invalid={error ? true : undefined}
            list={options ? listId : undefined}
            value={value}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => change(event.currentTarget.value)}
            {...rest}
          />
          {options && (
            <datalist id={listId}>
              {options.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
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

export function Check({ label, checked, change, disabled }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** Several words, each with a way to take it out again; what is typed and not added yet counts, too. */
export function Words({ label, hint, words, change, typed, type, error, options, most = 50, max = 256 }) {
  const add = () => {
    change(withTyped(words, typed));
    type("");
  };
  const enter = (event) => {
    if (event.key !== "Enter" || !typed.trim()) return;
    event.preventDefault();
    add();
  };
  return (
    <div class="words">
      {words.length > 0 && (
        <ul class="alias-list" aria-label={label}>
          {words.map((word) => (
            <li key={word} class="alias">
              <bdi>{word}</bdi>
              <Button
                icon="close"
                kind="bare tiny"
                aria-label={t("admin.drop", { word })}
                onClick={() => change(words.filter((one) => one !== word))}
              />
            </li>
          ))}
        </ul>
      )}
      {words.length < most && (
        <span class="with-button">
          <Text
            label={label}
            hint={hint}
            error={error}
            value={typed}
            change={type}
            options={options}
            maxLength={max}
            onKeyDown={enter}
          />
          <Button icon="plus" disabled={!typed.trim()} onClick={add}>
            {t("act.edit.take")}
          </Button>
        </span>
      )}
    </div>
  );
}

export const withTyped = (words, typed) =>
  typed.trim() && !words.includes(typed.trim()) ? [...words, typed.trim()] : words;

/** What went wrong, unless a field of the form says it in its own place. */
export function Failure({ error, fields = [], again }) {
  if (fields.some((name) => problemAt(error, name))) return null;
  return <Refusal error={error} again={error?.status === 409 ? again : undefined} />;
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
