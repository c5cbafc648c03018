// To name a database, and an asset in it: the browser offers those that one may read.
import { useEffect, useState } from "preact/hooks";
import { Text } from "../acts/fields.jsx";
import { listAssets, listDatabases } from "../api/store.js";
import { t } from "../texts/index.js";

const offered = new Map();

/** Names to choose from; where they can't be had one types them. */
function useNames(key, fetchPage, nameOf) {
  const [names, setNames] = useState(offered.get(key) ?? []);
  useEffect(() => {
    if (!key) return setNames([]);
    const stop = new AbortController();
    fetchPage({ signal: stop.signal }).then(
      ({ items }) => {
        if (stop.signal.aborted) return;
        offered.set(key, items.map(nameOf));
        setNames(offered.get(key));
      },
      () => undefined,
    );
    return () => stop.abort();
  }, [key]);
  return names;
}

export function Places({ database, asset, change, hint, at = () => undefined }) {
  const databases = useNames("databases", listDatabases, (one) => one.databaseId);
  const known = databases.includes(database);
  const assets = useNames(
    known && `assets ${database}`,
    (how) => listAssets(database, how),
    (one) => one.assetId,
  );
  return (
    <div class="pair">
      <Text
        label={t("place.database")}
        hint={hint}
        error={at("databaseId")}
        value={database}
        known={databases}
        most={63}
        change={(name) => change({ database: name, ...(!name && { asset: "" }) })}
      />
      <Text
        label={t("place.asset")}
        error={at("assetId")}
        value={asset}
        known={assets}
        most={256}
        disabled={!database}
        change={(name) => change({ asset: name })}
      />
    </div>
  );
}
