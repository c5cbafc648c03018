// To write a rule; what it says is read back in words before it is saved.
import { useEffect, useId } from "preact/hooks";
import { Check, Names, Text, useNames } from "../acts/fields.jsx";
import { Feet, Form, Progress, useSubmit } from "../acts/submit.jsx";
import { createRule, updateRule } from "../api/admin.js";
import { say } from "../app/toast.jsx";
import { Button, Notice } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { Choice, useFacts, Wrong } from "./fields.jsx";
import { methodWord, RuleWords } from "./rule_words.jsx";
import {
  FIELDS,
  formOf,
  METHODS,
  newGrant,
  newRow,
  OPERATORS,
  opensPolicy,
  ruleOf,
  takesList,
} from "./rules.js";

const MOST_CRITERIA = 50;
const FIELDS_SAID = [
  "identifier",
  "name",
  "description",
  "criteriaAnd",
  "criteriaOr",
  "groupPermissions",
  "userPermissions",
];

/** `rule` is changed; `draft` is where a new one begins. */
export function RuleDialog({ rule, draft, roles, close, done, again }) {
  const [form, set] = useFacts(() => formOf(rule ?? draft));
  const said = ruleOf(form);
  const submit = useSubmit(
    undefined,
    () => (rule ? updateRule(rule, said) : createRule(said)),
    () => {
      say(t("rule.saved", { name: said.name ?? said.identifier }));
      done();
    },
    { fields: FIELDS_SAID },
  );
  const grantCount = said.groupPermissions.length + said.userPermissions.length;
  const criteriaCount = form.and.length + form.or.length;
  const setType = (objectType) => set({ objectType, and: [newRow(objectType)], or: [] });
  return (
    <Dialog title={t(rule ? "rule.edit" : "rule.new")} close={close} locked={submit.busy} wide>
      <Form submit={submit}>
        {rule && !rule.criteriaAnd.length && !rule.criteriaOr.length && (
          <Notice kind="warning" title={t("rule.starter")} />
        )}
        <div class="pair">
          <Text
            label={t("rule.id")}
            hint={rule ? undefined : t("rule.id.hint")}
            error={submit.at("identifier")}
            value={form.identifier}
            readOnly={!!rule}
            most={256}
            change={(identifier) => set({ identifier })}
          />
          <Text
            label={t("rule.name")}
            error={submit.at("name")}
            value={form.name}
            most={256}
            change={(name) => set({ name })}
          />
        </div>
        <Text
          label={t("field.description")}
          error={submit.at("description")}
          value={form.description}
          most={256}
          change={(description) => set({ description })}
        />
        <Choice
          label={t("rule.about")}
          value={form.objectType}
          change={setType}
          options={Object.keys(FIELDS).map((one) => [one, t(`rule.about.${one}`)])}
        />
        <Rows
          name="and"
          legend={t("rule.and.legend")}
          problem={submit.at("criteriaAnd")}
          form={form}
          set={set}
        />
        <Rows
          name="or"
          legend={t("rule.or.legend")}
          problem={submit.at("criteriaOr")}
          form={form}
          set={set}
        />
        <Grants
          form={form}
          set={set}
          roles={roles}
          problem={submit.at("groupPermissions") ?? submit.at("userPermissions")}
        />
        <section class="said-rule" aria-label={t("rule.says")}>
          <h3>{t("rule.says")}</h3>
          <RuleWords rule={said} />
          {opensPolicy(said) && <Notice kind="warning" title={t("rule.opensPolicy")} />}
        </section>
        <Progress submit={submit} again={rule && again} />
        <Feet
          submit={submit}
          close={close}
          label={t(rule ? "act.save" : "rule.make")}
          disabled={!said.identifier || !grantCount || !criteriaCount}
        />
      </Form>
    </Dialog>
  );
}

function Rows({ name, legend, form, set, problem }) {
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

function Grants({ form, set, roles, problem }) {
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
