// Credentials for programs: one's own, and everybody's for those who manage policy.
import { useState } from "preact/hooks";
import { listKeys, listTokens } from "../api/admin.js";
import { usePages } from "../api/load.js";
import { askHere } from "../app/router.js";
import { Heading } from "../pages/heading.jsx";
import { Busy, Button, Empty, Time } from "../parts/basics.jsx";
import { when } from "../parts/format.js";
import { Menu } from "../parts/menu.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { Search } from "../parts/search.jsx";
import { person } from "../session/session.js";
import { t } from "../texts/index.js";
import { useSome, useStaying } from "./fields.jsx";
import { useManages } from "./manages.js";
import { useTokenActs } from "./token_acts.jsx";
import { everybodys, mine, stateOf } from "./tokens.js";

const ALL = { all: true, most: 5000 };
const STATE_LOOKS = { on: "published", soon: "archived", off: "", over: "deleted" };

export function TokensPage({ query }) {
  const manages = useManages();
  const keys = useStaying(usePages(listKeys, [], ALL));
  const tokens = useStaying(usePages(listTokens, [], ALL));
  const reload = () => {
    keys.reload();
    tokens.reload();
  };
  const [text, setText] = useState("");
  const whole = manages && query.of === "all";
  const acts = useTokenActs(manages, reload);
  const error = tokens.error ?? keys.error;
  const rows = whole ? everybodys(keys.items) : mine(tokens.items, keys.items);
  const wanted = text.trim().toLowerCase();
  const hits = rows.filter((one) =>
    `${one.name} ${one.user} ${one.description}`.toLowerCase().includes(wanted),
  );
  const [shown, more] = useSome(hits);
  const ready = keys.done && tokens.done && manages !== undefined;
  return (
    <>
      <Heading
        title={t("tokens.title")}
        actions={
          <Button icon="plus" kind="primary" onClick={() => acts.open("new")}>
            {t("token.new")}
          </Button>
        }
      >
        <p class="lead">{t("tokens.what")}</p>
      </Heading>
      {(manages || rows.length > 6) && (
        <div class="filters">
          {manages && <Whose whole={whole} />}
          {rows.length > 6 && <Search label={t("tokens.search")} text={text} change={setText} />}
        </div>
      )}
      <Refusal error={error} again={reload} />
      <ul class="rows">
        {(manages === undefined ? [] : shown).map((one) => (
          <Row key={one.id} token={one} acts={acts} />
        ))}
      </ul>
      {more}
      {!ready && (!rows.length || manages === undefined) && !error && <Busy />}
      {ready && !rows.length && (
        <Empty icon="key" title={t(whole ? "tokens.none.all" : "tokens.none")}>
          <p>{t("tokens.none.next")}</p>
        </Empty>
      )}
      {rows.length > 0 && !shown.length && <Empty icon="search" title={t("search.none", { text })} />}
      {acts.dialog}
    </>
  );
}

function Whose({ whole }) {
  return (
    <div class="segments" role="group" aria-label={t("tokens.whose")}>
      {[false, true].map((all) => (
        <button
          type="button"
          key={all}
          aria-pressed={whole === all}
          onClick={() => askHere({ of: all ? "all" : undefined })}
        >
          {t(all ? "tokens.all" : "tokens.mine")}
        </button>
      ))}
    </div>
  );
}

function Row({ token, acts }) {
  const state = stateOf(token);
  return (
    <li class="row-card">
      <div class="row-main">
        <p class="row-title">
          <strong>
            <bdi>{token.name}</bdi>
          </strong>
          <span class={`state ${STATE_LOOKS[state]}`}>{t(`token.${state}`)}</span>
        </p>
        {token.description && (
          <p class="detail">
            <bdi>{token.description}</bdi>
          </p>
        )}
        <p class="facts">
          {token.user !== person.value.name && (
            <span>
              {t("token.of")} <bdi>{token.user}</bdi>
            </span>
          )}
          {token.scopes !== undefined && <span>{scopeWords(token.scopes)}</span>}
          <span>
            {t("token.made")} <Time at={token.madeAt} />
            {token.madeBy !== token.user && (
              <>
                {" · "}
                <bdi>{token.madeBy}</bdi>
              </>
            )}
          </span>
          <span title={when(token.expiresAt)}>
            {t("token.expires")} <Time at={token.expiresAt} />
          </span>
          {token.usedAt !== undefined && (
            <span>
              {token.usedAt ? t("token.used") : t("token.unused")}{" "}
              {token.usedAt && <Time at={token.usedAt} />}
            </span>
          )}
        </p>
      </div>
      <Menu label={t("token.menu", { name: token.name })} items={acts.items(token)} />
    </li>
  );
}

function scopeWords(scopes) {
  if (!scopes) return t("token.scope.all");
  return t(scopes.includes("data:write") ? "token.scope.write" : "token.scope.read");
}
