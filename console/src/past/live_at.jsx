// What was current, published and named by each alias at a moment, beside what is now; the address has it.
import { useEffect, useRef, useState } from "preact/hooks";
import { useLoad } from "../api/load.js";
import { pointersAt } from "../api/past.js";
import { askHere, links } from "../app/router.js";
import { Button, Notice } from "../parts/basics.jsx";
import { Field } from "../parts/dialog.jsx";
import { exactly } from "../parts/format.js";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { fromField, toField, zoneAt } from "./moment.js";
import { rowsOf } from "./pointers.js";

export function LiveAt({ where, asset, at }) {
  const [text, setText] = useState(toField(at));
  const [wrong, setWrong] = useState(false);
  const box = useRef();
  const before = useRef(at);
  useEffect(() => {
    setText(toField(at));
    // Who came by a line of the journal, far below, is led to the answer.
    if (at !== before.current && !box.current.contains(document.activeElement)) box.current.focus();
    before.current = at;
  }, [at]);
  const look = (event) => {
    event.preventDefault();
    const moment = fromField(text);
    setWrong(!moment);
    if (moment) askHere({ at: moment });
  };
  return (
    <section class="live" ref={box} tabIndex={-1} aria-label={t("live")}>
      <form class="live-form" noValidate onSubmit={look}>
        <Field
          label={t("live")}
          hint={t("live.zone", { zone: zoneAt(text || undefined) })}
          error={wrong && t("live.wrong")}
        >
          {(id, hint) => (
            <span class="with-button">
              <input
                id={id}
                type="datetime-local"
                step="1"
                aria-describedby={hint}
                aria-invalid={wrong}
                value={text}
                onInput={(event) => setText(event.currentTarget.value)}
              />
              <button type="submit" class="button">
                {t("live.look")}
              </button>
              {at && (
                <Button
                  kind="bare"
                  icon="close"
                  aria-label={t("live.clear")}
                  onClick={() => askHere({ at: "" })}
                />
              )}
            </span>
          )}
        </Field>
      </form>
      {at && <Found where={where} asset={asset} at={at} />}
    </section>
  );
}

function Found({ where, asset, at }) {
  const { data, error, reload } = useLoad(
    (signal) =>
      Promise.all([at, new Date().toISOString()].map((moment) => pointersAt(where, moment, signal))),
    [where, at, asset.rev],
  );
  if (error) return <Refusal error={error} where={where} again={reload} />;
  if (!data) return <p class="live-said unsaid">{t("loading")}</p>;
  const [then, now] = data;
  const current = then.currentVersion?.Version;
  const early = new Date(at) < new Date(asset.dateCreated);
  if (!current) {
    return <Notice title={t(early ? "live.before" : "live.none", { at: exactly(at) })} />;
  }
  return (
    <>
      <p class="live-said" role="status">
        {t("live.was", { at: exactly(at), number: current })}
      </p>
      <div class="table-box" tabIndex={0} role="group" aria-label={t("live")}>
        <table class="live-table">
          <thead>
            <tr>
              {["what", "then", "now", "compare"].map((name) => (
                <th scope="col" key={name}>
                  {t(`live.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rowsOf(then, now).map((row) => (
              <Row key={`${row.what} ${row.name}`} where={where} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ where, row }) {
  const { what, name, was, is } = row;
  return (
    <tr>
      <th scope="row">{name === undefined ? t(`live.${what}`) : <bdi class="alias">{name}</bdi>}</th>
      <td>
        <Version where={where} number={was} />
      </td>
      <td>
        <Version where={where} number={is} />
      </td>
      <td>
        {was === is ? (
          <span class="unsaid">{t("live.same")}</span>
        ) : (
          was &&
          is && (
            <a
              href={links.compare(where.database, where.asset, was, is)}
              aria-label={t("live.compareBoth", { was, is })}
            >
              {t("live.compare")}
            </a>
          )
        )}
      </td>
    </tr>
  );
}

function Version({ where, number }) {
  if (!number) return <span class="unsaid">{t("nobody")}</span>;
  return <a href={links.version(where.database, where.asset, number)}>{t("version.short", { number })}</a>;
}
