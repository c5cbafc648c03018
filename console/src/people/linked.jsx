// Assets that belong to this one: what it is part of, its parts, and what it is related with.
import { useMemo, useRef, useState } from "preact/hooks";
import { Feet, Form, Progress, useSubmit } from "../acts/submit.jsx";
import { createLink, deleteLink, listLinks } from "../api/linked.js";
import { useLoad, usePages } from "../api/load.js";
import { listAssets } from "../api/store.js";
import { links } from "../app/router.js";
import { say } from "../app/toast.jsx";
import { Busy, Button } from "../parts/basics.jsx";
import { Dialog, Field } from "../parts/dialog.jsx";
import { Icon } from "../parts/icons.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";

const ROLES = ["parents", "children", "related"];
const KINDS = ["parent", "child", "related"];
const MOST_ASSETS = 2_000;

export function Linked({ where, may }) {
  const { data, error, reload } = useLoad((signal) => listLinks(where, signal), [where]);
  const [asked, setAsked] = useState();
  const box = useRef();
  const finish = () => {
    setAsked(undefined);
    reload();
    setTimeout(() => box.current?.focus()); // once the dialog has given the focus back
  };
  const shown = data && ROLES.filter((role) => data[role].length || data.unauthorizedCounts[role]);
  return (
    <section class="side-panel" aria-labelledby="linked" ref={box} tabIndex={-1}>
      <div class="since-head">
        <h2 id="linked" class="grow">
          {t("linked")}
        </h2>
        {may && (
          <Button icon="plus" onClick={() => setAsked({})}>
            {t("linked.add")}
          </Button>
        )}
      </div>
      <Refusal error={error} where={where} again={reload} />
      {!data && !error && <Busy />}
      {shown?.length === 0 && <p class="unsaid">{t("linked.none")}</p>}
      {shown?.map((role) => (
        <section key={role} class="linked-role">
          <h3>{t(`linked.${role}`)}</h3>
          <ul class="people">
            {data[role].map((one) => (
              <Row
                key={one.assetLinkId}
                where={where}
                one={one}
                remove={may && (() => setAsked({ remove: one }))}
              />
            ))}
            {data.unauthorizedCounts[role] > 0 && (
              <li class="unsaid">{t("linked.hidden", { count: data.unauthorizedCounts[role] })}</li>
            )}
          </ul>
        </section>
      ))}
      {asked &&
        (asked.remove ? (
          <RemoveDialog where={where} one={asked.remove} close={() => setAsked(undefined)} done={finish} />
        ) : (
          <AddDialog where={where} close={() => setAsked(undefined)} done={finish} />
        ))}
    </section>
  );
}

function Row({ where, one, remove }) {
  return (
    <li>
      <Icon name="model" />
      <span class="grow linked-name">
        <a href={links.asset(one.databaseId, one.assetId)}>
          <bdi>{one.assetName}</bdi>
        </a>
        {one.databaseId !== where.database && <bdi class="unsaid">{one.databaseId}</bdi>}
        {one.assetLinkAliasId && (
          <span class="alias">
            <bdi>{one.assetLinkAliasId}</bdi>
          </span>
        )}
      </span>
      {remove && (
        <Button
          icon="close"
          kind="bare tiny"
          aria-label={t("linked.remove", { name: one.assetName })}
          onClick={remove}
        />
      )}
    </li>
  );
}

function AddDialog({ where, close, done }) {
  const [kind, setKind] = useState("related");
  const [database, setDatabase] = useState(where.database);
  const [text, setText] = useState("");
  const [alias, setAlias] = useState("");
  const found = usePages((how) => (database ? listAssets(database, how) : { items: [] }), [database], {
    all: true,
    most: MOST_ASSETS,
  });
  const others = useMemo(
    () => found.items.filter((one) => database !== where.database || one.assetId !== where.asset),
    [found.items, database],
  );
  // By its name where that is one asset's alone, else by its id.
  const named = others.filter((one) => one.assetName === text.trim());
  const asset = named.length === 1 ? named[0].assetId : text.trim();
  const submit = useSubmit(
    where,
    () => createLink(where, kind, { database: database.trim(), asset }, alias.trim()),
    () => {
      say(t("linked.added"));
      done();
    },
  );
  return (
    <Dialog title={t("linked.add.title")} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <Field label={t("linked.kind")}>
          {(id) => (
            <select id={id} value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
              {KINDS.map((one) => (
                <option key={one} value={one}>
                  {t(`linked.kind.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("linked.database")}>
          {(id) => (
            <input
              id={id}
              maxLength={256}
              autocomplete="off"
              value={database}
              onChange={(event) => setDatabase(event.currentTarget.value.trim())}
            />
          )}
        </Field>
        <Field label={t("linked.asset")} hint={t("linked.asset.hint")}>
          {(id, hint) => (
            <>
              <input
                id={id}
                aria-describedby={hint}
                list={`${id}-list`}
                maxLength={256}
                autocomplete="off"
                value={text}
                onInput={(event) => setText(event.currentTarget.value)}
              />
              <datalist id={`${id}-list`}>
                {others.map((one) => (
                  <option key={one.assetId} value={one.assetId}>
                    {one.assetName}
                  </option>
                ))}
              </datalist>
            </>
          )}
        </Field>
        {kind !== "related" && (
          <Field label={t("field.alias")} hint={t("linked.alias.hint")}>
            {(id, hint) => (
              <input
                id={id}
                aria-describedby={hint}
                maxLength={128}
                autocomplete="off"
                value={alias}
                onInput={(event) => setAlias(event.currentTarget.value)}
              />
            )}
          </Field>
        )}
        <Progress where={where} submit={submit} />
        <Feet
          submit={submit}
          close={close}
          label={t("linked.add")}
          disabled={!database || !asset || found.loading}
        />
      </Form>
    </Dialog>
  );
}

function RemoveDialog({ where, one, close, done }) {
  const submit = useSubmit(
    where,
    () => deleteLink(one.assetLinkId),
    () => {
      say(t("linked.removed"));
      done();
    },
  );
  return (
    <Dialog title={t("linked.remove.title")} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <p>
          <bdi>{one.assetName}</bdi>
        </p>
        <p>{t("linked.remove.what")}</p>
        <Progress where={where} submit={submit} />
        <Feet submit={submit} close={close} label={t("linked.remove.act")} />
      </Form>
    </Dialog>
  );
}
