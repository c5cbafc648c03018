// All databases that one may read.
import { useMemo, useState } from "preact/hooks";
import { useActs } from "../acts/acts.jsx";
import { usePages } from "../api/load.js";
import { useMay } from "../api/may.js";
import { listDatabases } from "../api/store.js";
import { go, links } from "../app/router.js";
import { Busy, Button, Empty, Time } from "../parts/basics.jsx";
import { Icon } from "../parts/icons.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { Search } from "../parts/search.jsx";
import { t } from "../texts/index.js";
import { Heading } from "./heading.jsx";

const MOST = 2_000;

export function DatabasesPage() {
  const found = usePages(listDatabases, [], { all: true, most: MOST });
  const [text, setText] = useState("");
  const mayMake = useMay("POST /database");
  const acts = useActs({}, ({ database }) => go(links.assets(database)));
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return found.items.filter((one) => `${one.databaseId} ${one.description}`.toLowerCase().includes(wanted));
  }, [found.items, text]);
  return (
    <>
      <Heading
        title={t("databases.title")}
        actions={
          mayMake && (
            <Button icon="plus" kind="primary" onClick={() => acts.open("newDatabase")}>
              {t("act.newDatabase")}
            </Button>
          )
        }
      />
      {found.items.length > 6 && <Search label={t("databases.search")} text={text} change={setText} />}
      <Refusal error={found.error} again={found.reload} />
      <ul class="cards">
        {shown.map((one) => (
          <li key={one.databaseId}>
            <a class="card" href={links.assets(one.databaseId)}>
              <Icon name="database" />
              <span class="card-name">
                <bdi>{one.databaseId}</bdi>
              </span>
              <span class="card-text">
                <bdi>{one.description}</bdi>
              </span>
              <span class="card-foot">
                <bdi>{one.createdBy}</bdi> · <Time at={one.dateCreated} />
              </span>
            </a>
          </li>
        ))}
      </ul>
      {found.loading && <Busy />}
      {found.done && !found.items.length && (
        <Empty icon="database" title={t("databases.none")}>
          <p>{t("databases.none.next")}</p>
        </Empty>
      )}
      {found.done && text && !shown.length && <Empty icon="search" title={t("search.none", { text })} />}
      {acts.dialog}
    </>
  );
}
