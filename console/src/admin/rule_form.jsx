// To write a rule; what it says is read back in words before it is saved.
import { Text } from "../acts/fields.jsx";
import { Feet, Form, Progress, useSubmit } from "../acts/submit.jsx";
import { createRule, updateRule } from "../api/admin.js";
import { say } from "../app/toast.jsx";
import { Notice } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { Choice, useFacts } from "./fields.jsx";
import { Rows } from "./rule_criteria.jsx";
import { Grants } from "./rule_grants.jsx";
import { RuleWords } from "./rule_words.jsx";
import { FIELDS, formOf, newRow, opensPolicy, ruleOf } from "./rules.js";

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
