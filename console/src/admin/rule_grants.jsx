// Who may, or may not, by a rule, in a form.
import { useId } from "preact/hooks";
import { Check } from "../acts/fields.jsx";
import { Button } from "../parts/basics.jsx";
import { t } from "../texts/index.js";
import { Wrong } from "./fields.jsx";
import { methodWord } from "./rule_words.jsx";
import { METHODS, newGrant } from "./rules.js";

export function Grants({ form, set, roles, problem }) {
  const { grants, objectType } = form;
  const change = (index, some) =>
    set({ grants: grants.map((row, at) => (at === index ? { ...row, ...some } : row)) });
  return (
    <fieldset class="choices">
      <legend>{t("rule.who")}</legend>
      {grants.map((row, index) => (
        <div class="grant" key={`${index}-of-${grants.length}`}>
          <div class="criterion">
            <select
              aria-label={t("rule.kind")}
              value={row.kind}
              onChange={(event) => change(index, { kind: event.currentTarget.value })}
            >
              <option value="role">{t("rule.kind.role")}</option>
              <option value="user">{t("rule.kind.user")}</option>
            </select>
            <WhoField row={row} roles={roles} change={(name) => change(index, { name })} />
            <select
              aria-label={t("rule.effect")}
              value={row.effect}
              onChange={(event) => change(index, { effect: event.currentTarget.value })}
            >
              <option value="allow">{t("rule.allow")}</option>
              <option value="deny">{t("rule.deny")}</option>
            </select>
            <Button
              icon="close"
              kind="bare"
              aria-label={t("rule.dropGrant", { number: index + 1 })}
              onClick={() => set({ grants: grants.filter((_, at) => at !== index) })}
            />
          </div>
          <div class="methods">
            {METHODS.map((method) => (
              <Check
                key={method}
                value={row.methods.includes(method)}
                change={(on) =>
                  change(index, {
                    methods: METHODS.filter((one) => (one === method ? on : row.methods.includes(one))),
                  })
                }
              >
                {methodWord(objectType, method)}
              </Check>
            ))}
          </div>
        </div>
      ))}
      <Wrong text={problem} />
      <p>
        <Button icon="plus" kind="link" onClick={() => set({ grants: [...grants, newGrant()] })}>
          {t("rule.addGrant")}
        </Button>
      </p>
    </fieldset>
  );
}

function WhoField({ row, roles, change }) {
  const id = useId();
  return (
    <>
      <input
        class="grow"
        aria-label={t(`rule.kind.${row.kind}`)}
        list={row.kind === "role" ? id : undefined}
        value={row.name}
        maxLength={256}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <datalist id={id}>
        {roles.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}
