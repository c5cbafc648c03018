// Why may this person not …: what both tiers say, which rule decides, and which one is missing.
import { useState } from "preact/hooks";
import { Text } from "../acts/fields.jsx";
import { explain } from "../api/admin.js";
import { useLoad } from "../api/load.js";
import { askHere, links } from "../app/router.js";
import { Busy, Button, Notice } from "../parts/basics.jsx";
import { Icon } from "../parts/icons.jsx";
import { Refusal, WhoMay } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { Choice, useFacts } from "./fields.jsx";
import { Places } from "./places.jsx";
import { ACTIONS, missing, questionOf, ROUTE, verdicts } from "./question.js";
import { RuleDialog } from "./rule_form.jsx";
import { RuleWords } from "./rule_words.jsx";
import { METHODS } from "./rules.js";

// A change of policy takes hold within a second.
const TAKES_HOLD = 1_200;
const ASKED = ["user", "what", "database", "asset", "method", "path"];

export function Why({ query, manages, people, roles }) {
  const [form, set] = useFacts(() => ({
    user: query.user ?? "",
    what: query.what ?? "read",
    database: query.database ?? "",
    asset: query.asset ?? "",
    method: query.method ?? "GET",
    path: query.path ?? "",
  }));
  const [round, setRound] = useState(0);
  const asked = Object.fromEntries(ASKED.map((name) => [name, query[name] ?? ""]));
  const question = questionOf(asked);
  const ask = (event) => {
    event.preventDefault();
    askHere({ ...form, user: form.user.trim() });
    setRound(round + 1);
  };
  return (
    <section class="stack" aria-label={t("access.why")}>
      <form class="why" onSubmit={ask}>
        <div class="pair">
          {manages && (
            <Text
              label={t("why.user")}
              hint={t("why.user.hint")}
              value={form.user}
              known={people}
              most={256}
              change={(user) => set({ user })}
            />
          )}
          <Choice
            label={t("why.what")}
            value={form.what}
            change={(what) => set({ what })}
            options={[...ACTIONS.map((one) => [one, t(`action.${one}`)]), [ROUTE, t("why.route")]]}
          />
        </div>
        {form.what === ROUTE ? (
          <div class="pair">
            <Choice
              label={t("why.method")}
              value={form.method}
              change={(method) => set({ method })}
              options={[...METHODS, "PATCH"].map((one) => [one, one])}
            />
            <Text
              label={t("why.path")}
              hint={t("why.path.hint")}
              value={form.path}
              change={(path) => set({ path: path.trim() })}
            />
          </div>
        ) : (
          <Places database={form.database} asset={form.asset} change={set} />
        )}
        <button type="submit" class="button primary" disabled={!questionOf(form)}>
          <span>{t("why.ask")}</span>
        </button>
      </form>
      {question && (
        <Answer
          key={`${JSON.stringify(question)} ${round}`}
          question={question}
          asked={asked}
          manages={manages}
          roles={roles}
        />
      )}
    </section>
  );
}

function Answer({ question, asked, manages, roles }) {
  const { data, error, reload } = useLoad((signal) => explain(question, signal), []);
  if (error) return <Refusal error={error} again={reload} />;
  if (!data) return <Busy />;
  const found = verdicts(data, asked.what);
  const may = found.every((one) => one.allowed);
  return (
    <div class="answer-card" role="status">
      <p class={may ? "verdict allow" : "verdict deny"}>
        <Icon name={may ? "check" : "close"} />
        <span>
          <bdi class="who">{data.userId}</bdi> {t(may ? "why.may" : "why.mayNot")}{" "}
          {asked.what === ROUTE ? <code>{question.route}</code> : t(`why.do.${asked.what}`)}
          {asked.what !== ROUTE && <bdi class="who">{` ${asked.asset}`}</bdi>}
        </span>
      </p>
      <ol class="tiers">
        {found.map((one) => (
          <li key={one.tier}>
            <Icon name={one.allowed ? "check" : "close"} class={one.allowed ? "allow" : "deny"} />
            <div>
              <p>
                <strong>{t(`why.tier.${one.tier}`)}</strong>{" "}
                {one.tier === "api" && <code class="detail">{one.route}</code>}
              </p>
              <p class="detail">
                <bdi>{one.reason}</bdi> <WhoMay roles={one.allowedRoles} />{" "}
                {one.rule && manages && (
                  <a href={links.access({ tab: "rules", search: one.rule })}>{t("why.seeRule")}</a>
                )}
              </p>
            </div>
          </li>
        ))}
      </ol>
      <Standing report={data} />
      {!may && (
        <Missing
          drafts={missing(data, asked)}
          denied={found.some((one) => one.rule && !one.allowed)}
          manages={manages}
          roles={roles}
          again={reload}
        />
      )}
      {data.asset && <AllActions actions={data.asset.actions} />}
    </div>
  );
}

function Standing({ report }) {
  const { roles, rolesWithoutMfa: without, scopes } = report;
  return (
    <ul class="standing">
      <li>{t("why.roles", { roles: roles.join(", ") || t("nobody") })}</li>
      {without.length > 0 && <li>{t("why.withoutMfa", { roles: without.join(", ") })}</li>}
      {scopes && <li>{t("why.scopes", { scopes: scopes.join(", ") })}</li>}
    </ul>
  );
}

/** What would have to be said for it, and by whom. */
function Missing({ drafts, denied, manages, roles, again }) {
  const [draft, setDraft] = useState();
  return (
    <>
      {denied && <Notice title={t("why.denied")} />}
      {drafts.map((one) => (
        <Notice
          key={one.objectType}
          title={t("why.missing")}
          actions={manages && <Button onClick={() => setDraft(one)}>{t("why.write")}</Button>}
        >
          <RuleWords rule={one} />
        </Notice>
      ))}
      <p class="hint">{t(manages ? "why.you" : "why.others")}</p>
      {draft && (
        <RuleDialog
          draft={draft}
          roles={roles}
          close={() => setDraft(undefined)}
          done={() => {
            setDraft(undefined);
            setTimeout(again, TAKES_HOLD);
          }}
        />
      )}
    </>
  );
}

function AllActions({ actions }) {
  return (
    <details class="all-actions">
      <summary>{t("why.all")}</summary>
      <ul>
        {Object.entries(actions).map(([action, { allowed, reason }]) => (
          <li key={action}>
            <Icon name={allowed ? "check" : "close"} class={allowed ? "allow" : "deny"} />
            <strong>{t(`action.${action}`)}</strong> <bdi class="detail">{reason}</bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}
