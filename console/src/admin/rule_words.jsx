// A rule in words: about what, who, and what they may or may not.
import { Icon } from "../parts/icons.jsx";
import { LANGUAGE, t } from "../texts/index.js";
import { FIELDS, grantsOf, OPERATORS } from "./rules.js";

const both = new Intl.ListFormat(LANGUAGE, { type: "conjunction" });
const KNOWN_FIELDS = new Set(Object.values(FIELDS).flat());

export function RuleWords({ rule }) {
  const { objectType, criteriaAnd, criteriaOr } = rule;
  const some = criteriaAnd.length + criteriaOr.length > 0;
  const decides = objectType in FIELDS;
  return (
    <div class="rule-words">
      <p>
        {decides
          ? t(`rule.${some ? "on" : "onAll"}.${objectType}`)
          : t("rule.on.other", { type: objectType })}
      </p>
      {criteriaAnd.length > 0 && <Criteria label={t("rule.and")} rows={criteriaAnd} />}
      {criteriaOr.length > 0 && <Criteria label={t("rule.or")} rows={criteriaOr} />}
      <ul class="grants">
        {grantsOf(rule).map(({ kind, name, effect, methods }) => (
          <li key={`${kind} ${name} ${effect}`}>
            <Icon name={effect === "allow" ? "check" : "close"} class={effect} />
            <span>
              {t(`rule.${kind}`)} <bdi class="who">{name}</bdi> {t(`rule.${effect}`)}{" "}
              {both.format(methods.map((method) => methodWord(objectType, method)))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export const methodWord = (objectType, method) =>
  objectType === "asset" ? t(`rule.asset.${method}`) : t(`rule.api.${method}`);

function Criteria({ label, rows }) {
  return (
    <div class="criteria">
      <span class="hint">{label}</span>
      <ul>
        {rows.map((row) => (
          <li key={JSON.stringify(row)}>
            {KNOWN_FIELDS.has(row.field) ? t(`rule.field.${row.field}`) : row.field}{" "}
            {OPERATORS.includes(row.operator) ? t(`rule.operator.${row.operator}`) : row.operator}{" "}
            {[row.value].flat().map((value, index) => (
              <span key={value}>
                {index > 0 && ", "}
                <bdi class="word">{value}</bdi>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}
