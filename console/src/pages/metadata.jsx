// What was said of the asset and its files when the version was made.
import { useState } from "preact/hooks";
import { useLoad } from "../api/load.js";
import { getMetadata } from "../api/store.js";
import { Busy, Empty } from "../parts/basics.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";

export function VersionMetadata({ where, version }) {
  const number = version.Version;
  const { data, error, reload } = useLoad(
    (signal) => getMetadata(where, number, undefined, signal),
    [where, number],
  );
  if (error) return <Refusal error={error} where={where} again={reload} />;
  if (!data) return <Busy />;
  return data.metadata.length ? (
    <MetadataTable rows={data.metadata} />
  ) : (
    <Empty icon="text" title={t("metadata.none")}>
      <p>{t("metadata.none.next")}</p>
    </Empty>
  );
}

/** Of one file; asked for when somebody opens it. */
export function FileSaid({ where, version, path }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="file-said" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("metadata.file")}</summary>
      {open && <FileMetadata where={where} version={version} path={path} />}
    </details>
  );
}

function FileMetadata({ where, version, path }) {
  const { data, error } = useLoad((signal) => getMetadata(where, version, path, signal), [path]);
  if (error) return <Refusal error={error} where={where} />;
  if (!data) return <Busy />;
  return data.metadata.length ? (
    <MetadataTable rows={data.metadata} />
  ) : (
    <p class="unsaid">{t("metadata.none")}</p>
  );
}

export function MetadataTable({ rows }) {
  return (
    <div class="table-box" tabIndex={0} role="group" aria-label={t("version.tab.metadata")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("metadata.key")}</th>
            <th scope="col">{t("metadata.value")}</th>
            <th scope="col">{t("metadata.type")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.metadataKey}>
              <th scope="row">
                <bdi>{row.metadataKey}</bdi>
              </th>
              <td class="value">
                <bdi>{row.metadataValue}</bdi>
              </td>
              <td class="type">{row.metadataValueType}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
