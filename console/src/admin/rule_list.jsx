// All rules, each in words.
import { useState } from "preact/hooks";
import { deleteRule } from "../api/admin.js";
import { askHere } from "../app/router.js";
import { Busy, Button, Empty } from "../parts/basics.jsx";
import { Menu } from "../parts/menu.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { Search } from "../parts/search.jsx";
import { t } from "../texts/index.js";
import { AskDialog } from "./asking.jsx";
import { useSome } from "./fields.jsx";
import { RuleDialog } from "./rule_form.jsx";
import { RuleWords } from "./rule_words.jsx";
import { FIELDS } from "./rules.js";

export function RuleList({ rules, roles, query }) {
  const [asked, setAsked] = useState();
  const close = () => setAsked(undefined);
  const finish = () => {
    close();
    rules.reload();
  };
  const text = query.search ?? "";
  const wanted = text.trim().toLowerCase();
  const hits = rules.items.filter((one) => JSON.stringify(one).toLowerCase().includes(wanted));
  const [shown, more] = useSome(hits);
  return (
    <section class="stack" aria-label={t("access.rules")}>
      <div class="filters">
        {!rules.error && (
          <Search label={t("rules.search")} text={text} change={(search) => askHere({ search })} />
        )}
        {!rules.error && (
          <Button icon="plus" kind="primary" onClick={() => setAsked({ kind: "new" })}>
            {t("rule.new")}
          </Button>
        )}
      </div>
      <Refusal error={rules.error} again={rules.reload} />
      <ul class="rows">
        {shown.map((one) => (
          <li class="row-card" key={one.constraintId}>
            <div class="row-main">
              <p class="row-title">
                <strong>
                  <bdi>{one.name || one.constraintId}</bdi>
                </strong>
                {one.name && one.name !== one.constraintId && (
                  <code>
                    <bdi>{one.constraintId}</bdi>
                  </code>
                )}
                {!one.evaluated && <span class="state">{t("rule.idle")}</span>}
              </p>
              {one.description && (
                <p>
                  <bdi>{one.description}</bdi>
                </p>
              )}
              <RuleWords rule={one} />
            </div>
            <Menu
              label={t("rule.menu", { name: one.constraintId })}
              items={[
                one.objectType in FIELDS && {
                  label: t("act.edit.short"),
                  icon: "edit",
                  act: () => setAsked({ kind: "edit", rule: one }),
                },
                { label: t("act.delete"), icon: "close", act: () => setAsked({ kind: "delete", rule: one }) },
              ]}
            />
          </li>
        ))}
      </ul>
      {more}
      {rules.loading && !rules.items.length && <Busy />}
      {rules.done && !shown.length && <Empty icon="search" title={t("rules.noHit")} />}
      {asked?.kind === "delete" ? (
        <AskDialog
          title={t("rule.delete.title", { name: asked.rule.constraintId })}
          what={t("rule.delete.what")}
          label={t("act.delete")}
          kind="danger"
          said={t("rule.delete.done", { name: asked.rule.constraintId })}
          act={() => deleteRule(asked.rule.constraintId)}
          again={finish}
          close={close}
          done={finish}
        >
          <RuleWords rule={asked.rule} />
        </AskDialog>
      ) : (
        asked && <RuleDialog rule={asked.rule} roles={roles} close={close} done={finish} again={finish} />
      )}
    </section>
  );
}
