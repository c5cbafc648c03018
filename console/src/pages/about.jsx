// The facts of a version, for who has to name it elsewhere, and the variables that its content needs.
import { useLoad } from "../api/load.js";
import { getVariables } from "../api/store.js";
import { Busy } from "../parts/basics.jsx";
import { count, size, when } from "../parts/format.js";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { FactList } from "./facts.jsx";
import { postaVersion } from "./posta_id.js";

export function About({ asset, version }) {
  const facts = [
    ["number", version.Version],
    ["id", version.message.assetVersionId],
    ["state", t(`state.${version.state}`)],
    ["revision", version.revision],
    ["protected", t(version.isProtected ? "about.protected.yes" : "about.protected.no")],
    ["aliases", version.versionAliases.join(", ")],
    ["createdBy", version.createdBy],
    ["created", when(version.dateCreated)],
    ["modified", when(version.dateModified)],
    ["files", count(version.fileCount)],
    ["size", size(version.totalSize)],
    [
      "snapshot",
      version.snapshot && t(`about.by.${version.snapshot.by}`, { through: when(version.snapshot.through) }),
    ],
    ["description", version.description],
  ];
  return (
    <div class="about">
      <FactList facts={facts} />
      {asset && <Variables asset={asset} version={version} />}
    </div>
  );
}

function Variables({ asset, version }) {
  const id = postaVersion(version.message.assetVersionId);
  const { data, error } = useLoad((signal) => getVariables(asset.ids.posta, id, signal), [id]);
  if (error) return <Refusal error={error} where={{ database: asset.databaseId, asset: asset.assetId }} />;
  if (!data) return <Busy />;
  const found = data.variableDefinitions ?? [];
  return (
    <section>
      <h2>{t("variables")}</h2>
      {found.length ? (
        <div class="table-box" tabIndex={0} role="group" aria-label={t("variables")}>
          <table>
            <thead>
              <tr>
                {["name", "behavior", "preset", "sample"].map((name) => (
                  <th scope="col" key={name}>
                    {t(`variables.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.map((one) => (
                <tr key={one.name}>
                  <th scope="row">
                    <bdi>{one.name}</bdi>
                  </th>
                  <td>{one.behavior}</td>
                  <td class="value">
                    <bdi>{one.presetValue}</bdi>
                  </td>
                  <td class="value">
                    <bdi>{one.sampleValue}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p class="unsaid">{t("variables.none")}</p>
      )}
    </section>
  );
}
