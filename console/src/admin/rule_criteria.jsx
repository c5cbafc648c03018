// The conditions of a rule, in a form.
import { useEffect } from "preact/hooks";
import { Names, useNames } from "../acts/fields.jsx";
import { Button } from "../parts/basics.jsx";
import { t } from "../texts/index.js";
import { Wrong } from "./fields.jsx";
import { FIELDS, newRow, OPERATORS, takesList } from "./rules.js";

const MOST_CRITERIA = 50;

export function Rows({ name, legend, form, set, problem }) {
  const rows = form[name];
  const change = (index, some) =>
    set({ [name]: rows.map((row, at) => (at === index ? { ...row, ...some } : row)) });
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {rows.map((row, index) => (
        // A row has no name of its own.
        <div class="criterion" key={`${name}-${index}-of-${rows.length}`}>
          <select
            aria-label={t("rule.field")}
            value={row.field}
            onChange={(event) => change(index, { field: event.currentTarget.value })}
          >
            {FIELDS[form.objectType].map((one) => (
              <option key={one} value={one}>
                {t(`rule.field.${one}`)}
              </option>
            ))}
          </select>
          <select
            aria-label={t("rule.operator")}
            value={row.operator}
            onChange={(event) => change(index, { operator: event.currentTarget.value })}
          >
            {OPERATORS.map((one) => (
              <option key={one} value={one}>
                {t(`rule.operator.${one}`)}
              </option>
            ))}
          </select>
          <Value row={row} change={(some) => change(index, some)} />
          <Button
            icon="close"
            kind="bare"
            aria-label={t("rule.dropRow", { number: index + 1 })}
            onClick={() => set({ [name]: rows.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      <Wrong text={problem} />
      {rows.length < MOST_CRITERIA && (
        <p>
          <Button icon="plus" kind="link" onClick={() => set({ [name]: [...rows, newRow(form.objectType)] })}>
            {t("rule.addRow")}
          </Button>
        </p>
      )}
    </fieldset>
  );
}

function Value({ row, change }) {
  if (takesList(row.operator)) return <Values row={row} change={change} />;
  return (
    <input
      class="grow"
      aria-label={t("rule.value")}
      value={row.text}
      maxLength={10_000}
      autocomplete="off"
      spellcheck={false}
      onInput={(event) => change({ text: event.currentTarget.value })}
    />
  );
}

function Values({ row, change }) {
  const names = useNames(row.list);
  useEffect(() => {
    if (String(names.all) !== String(row.list)) change({ list: names.all });
  });
  return (
    <div class="words">
      <Names
        label={t("rule.values")}
        names={names}
        list={t("rule.values")}
        most={200}
        longest={10_000}
        dropping={(word) => t("admin.drop", { word })}
      />
    </div>
  );
}
