// What is said otherwise of the asset and its files.
import { Empty } from "../parts/basics.jsx";
import { t } from "../texts/index.js";

export function MetadataCompare({ rows }) {
  if (!rows.length) return <Empty icon="text" title={t("compare.sameMetadata")} />;
  return (
    <div class="table-box" tabIndex={0} role="group" aria-label={t("version.tab.metadata")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("metadata.of")}</th>
            <th scope="col">{t("metadata.key")}</th>
            <th scope="col">{t("metadata.before")}</th>
            <th scope="col">{t("metadata.after")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.type} ${row.filePath} ${row.metadataKey}`} class={row.status}>
              <td>
                <bdi>{row.filePath === "/" ? t("metadata.asset") : row.filePath}</bdi>
              </td>
              <th scope="row">
                <bdi>{row.metadataKey}</bdi>
              </th>
              <td class="value">{row.a && <bdi class="removed">{row.a.metadataValue}</bdi>}</td>
              <td class="value">{row.b && <bdi class="added">{row.b.metadataValue}</bdi>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
