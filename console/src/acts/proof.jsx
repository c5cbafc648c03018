// What a verification has found: all whole, or which files are not.
import { count } from "../parts/format.js";
import { t } from "../texts/index.js";

export function Proof({ found }) {
  if (found.intact) {
    return <p class="notice-title">{t("act.verify.intact", { count: found.checkedFiles })}</p>;
  }
  const named = found.missing.length + found.altered.length;
  return (
    <div class="proof">
      <p class="notice-title">
        {t("act.verify.wrong", { count: found.wrongFiles, all: count(found.checkedFiles) })}
      </p>
      <Wrong title={t("act.verify.missing")} paths={found.missing} />
      <Wrong title={t("act.verify.altered")} paths={found.altered} />
      <Wrong title={t("act.verify.damaged")} paths={found.damagedManifestParts} />
      {found.wrongFiles > named && (
        <p>{t("act.revert.others", { count: count(found.wrongFiles - named) })}</p>
      )}
      <p>{t("act.verify.next")}</p>
    </div>
  );
}

function Wrong({ title, paths }) {
  if (!paths?.length) return null;
  return (
    <>
      <p>{title}</p>
      <ul>
        {paths.map((path) => (
          <li key={path}>
            <bdi>{path}</bdi>
          </li>
        ))}
      </ul>
    </>
  );
}
