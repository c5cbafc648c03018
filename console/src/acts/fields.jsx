// The fields that dialogs ask with.
import { useRef, useState } from "preact/hooks";
import { Button } from "../parts/basics.jsx";
import { Field } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";

const MOST_CHARACTERS = 1024;

/** One line, or with `rows` several; `known` are some to choose from. */
export function Text({
  label,
  hint,
  error,
  value,
  change,
  rows,
  known = [],
  most = MOST_CHARACTERS,
  ...rest
}) {
  const Box = rows ? "textarea" : "input";
  return (
    <Field label={label} hint={hint} error={error}>
      {(id, described) => (
        <>
          <Box
            id={id}
            list={known.length ? `${id}-known` : undefined}
            aria-describedby={described}
            rows={rows}
            maxLength={most}
            value={value}
            autocomplete="off"
            onInput={(event) => change(event.currentTarget.value)}
            {...rest}
          />
          <Known id={id} names={known} />
        </>
      )}
    </Field>
  );
}

function Known({ id, names }) {
  if (!names.length) return null;
  return (
    <datalist id={`${id}-known`}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}

export function Check({ value, change, children }) {
  return (
    <label class="check">
      <input type="checkbox" checked={value} onChange={(event) => change(event.currentTarget.checked)} />
      {children}
    </label>
  );
}

/** The names in a list, and the one that is typed and not yet added: who forgets the button means it all the same. */
export function useNames(before) {
  const [kept, setKept] = useState(before);
  const [typed, setTyped] = useState("");
  const name = typed.trim();
  const all = name && !kept.includes(name) ? [...kept, name] : kept;
  const add = () => {
    setKept(all);
    setTyped("");
  };
  const drop = (one) => setKept(kept.filter((other) => other !== one));
  return { all, kept, typed, setTyped, add, drop, more: all !== kept };
}

/** Several short names, such as aliases and tags; `known` are some to choose from. */
export function Names({ label, hint, error, names, list, most, longest, known = [], dropping }) {
  const { kept, typed, setTyped, more } = names;
  const field = useRef();
  // Whoever adds or drops one goes on with the field: the button that was pressed has gone.
  const then = (act) => () => {
    act();
    field.current?.focus();
  };
  const add = then(names.add);
  const enter = (event) => {
    if (event.key !== "Enter" || !more) return;
    event.preventDefault(); // one more name, not the whole form
    add();
  };
  return (
    <>
      {kept.length > 0 && (
        <ul class="alias-list" aria-label={list}>
          {kept.map((name) => (
            <li key={name} class="alias">
              <bdi>{name}</bdi>
              <Button
                icon="close"
                kind="bare tiny"
                aria-label={dropping(name)}
                onClick={then(() => names.drop(name))}
              />
            </li>
          ))}
        </ul>
      )}
      {kept.length < most && (
        <Field label={label} hint={hint} error={error}>
          {(id, described) => (
            <span class="with-button">
              <input
                ref={field}
                id={id}
                list={known.length ? `${id}-known` : undefined}
                aria-describedby={described}
                maxLength={longest}
                value={typed}
                autocomplete="off"
                onInput={(event) => setTyped(event.currentTarget.value)}
                onKeyDown={enter}
              />
              <Known id={id} names={known} />
              <Button icon="plus" disabled={!more} onClick={add}>
                {t("act.edit.take")}
              </Button>
            </span>
          )}
        </Field>
      )}
    </>
  );
}
