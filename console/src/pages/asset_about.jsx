// What there is to know of an asset beside its versions: who is told, what belongs to it, what is said of it.
import { exactly } from "../parts/format.js";
import { Linked } from "../people/linked.jsx";
import { useMay } from "../people/may.js";
import { Subscribers } from "../people/subscribers.jsx";
import { t } from "../texts/index.js";
import { FactList } from "./facts.jsx";
import { MetadataTable } from "./metadata.jsx";

export function AssetAbout({ where, asset, subscription }) {
  const may = useMay(where, "update") && asset.status === "active";
  const facts = [
    ["database", asset.databaseId],
    ["assetId", asset.assetId],
    ["createdBy", asset.createdBy],
    ["created", exactly(asset.dateCreated)],
    ["modified", exactly(asset.dateModified)],
    ["owner", asset.owner],
    ["primary", asset.primaryFile],
    ["links", t(asset.isDistributable ? "about.links.yes" : "about.links.no")],
    ["auto", asset.autoVersion?.after && t(`about.auto.${asset.autoVersion.after}`, asset.autoVersion)],
    ["folder", asset.assetLocation?.Key],
    ["posta", asset.ids.posta],
    ["autodesk", asset.ids.autodesk_dm?.item],
    ["disguise", asset.ids.disguise?.content],
  ];
  return (
    <div class="about">
      <div class="panels">
        <Subscribers where={where} subscription={subscription} may={may} />
        <Linked where={where} may={may} />
      </div>
      <section>
        <h2>{t("about.metadata")}</h2>
        {asset.metadata.length ? (
          <MetadataTable rows={asset.metadata} />
        ) : (
          <p class="unsaid">{t("metadata.none")}</p>
        )}
      </section>
      <section>
        <h2>{t("about.facts")}</h2>
        <FactList facts={facts} />
      </section>
    </div>
  );
}
