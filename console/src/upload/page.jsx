// Files on their way into an asset: chosen, looked at, sent.
import { useMemo } from "preact/hooks";
import { useLoad, usePages } from "../api/load.js";
import { getAsset, getDatabase, listFiles } from "../api/store.js";
import { links } from "../app/router.js";
import { Heading } from "../pages/heading.jsx";
import { Busy, ButtonLink, Empty, Notice } from "../parts/basics.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { Begin } from "./begin.jsx";
import { DropHere } from "./drop.jsx";
import { chosen, isAtWork, placeOf, upload } from "./now.js";
import { PlanView } from "./plan_view.jsx";
import { Running } from "./running.jsx";

export function View({ database, asset: id }) {
  const where = useMemo(() => ({ database, asset: id }), [database, id]);
  const found = useLoad(
    (signal) => Promise.all([getAsset(where, signal), getDatabase(database, signal)]),
    [where],
  );
  const [asset, base] = found.data ?? [];
  return (
    <>
      <Heading
        title={t("upload.title")}
        eyebrow={
          <a href={links.asset(database, id)}>
            <bdi>{asset?.assetName ?? id}</bdi>
          </a>
        }
      />
      {found.error && <Refusal error={found.error} where={where} again={found.reload} />}
      {!asset && !found.error && <Busy />}
      {asset && <Steps where={where} asset={asset} database={base} />}
    </>
  );
}

function Steps({ where, asset, database }) {
  const place = placeOf(where);
  const now = upload.value;
  const here = chosen.value?.place === place ? chosen.value : undefined;
  if (asset.status !== "active") return <Empty icon="archive" title={t("asset.archived")} />;
  if (now?.place === place && (isAtWork() || !here)) return <Running now={now} />;
  if (now && isAtWork()) return <Elsewhere run={now.run} />;
  return (
    <>
      {!here && <Begin where={where} />}
      {here && !here.found && <Busy label={t("upload.reading", { count: here.count })} />}
      {here?.found && <Chosen where={where} asset={asset} database={database} chosen={here} />}
      <DropHere where={where} name={asset.assetName} />
    </>
  );
}

/** What is there already is asked for once something was chosen. */
function Chosen({ where, asset, database, chosen: here }) {
  const files = usePages((how) => listFiles(where, undefined, how), [where], { all: true });
  if (files.error) return <Refusal error={files.error} where={where} again={files.reload} />;
  if (!files.done) return <Busy label={t("upload.looking", { count: files.items.length })} />;
  return <PlanView where={where} asset={asset} database={database} files={files.items} chosen={here} />;
}

function Elsewhere({ run }) {
  return (
    <Notice
      title={t("upload.oneAtATime")}
      actions={
        <ButtonLink href={links.upload(run.where.database, run.where.asset)}>
          {t("upload.elsewhere.see")}
        </ButtonLink>
      }
    />
  );
}
