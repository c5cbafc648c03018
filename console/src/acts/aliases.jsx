// The aliases of a version, to be added and taken away; and which versions have those that are wanted.
import { listVersions } from "../api/store.js";
import { t } from "../texts/index.js";
import { Names } from "./fields.jsx";

const MOST_ALIASES = 20;
const LONGEST = 64;
// Versions that are looked through for those that have an alias.
const MOST_VERSIONS = 2_000;

export function AliasNames({ label, names, error }) {
  return (
    <Names
      label={label}
      hint={t("field.alias.hint")}
      error={error}
      names={names}
      list={t("about.aliases")}
      most={MOST_ALIASES}
      longest={LONGEST}
      dropping={(name) => t("act.edit.drop", { name })}
    />
  );
}

/** `[{name, number}]`: which other versions have some of these aliases. */
export async function holdersOf(where, names, number) {
  const found = [];
  let token;
  for (let seen = 0; seen < MOST_VERSIONS; ) {
    const { items, next } = await listVersions(where, { showArchived: true, token, pageSize: 1000 });
    for (const { Version: other, versionAliases } of items) {
      if (other === number) continue;
      found.push(
        ...versionAliases.filter((name) => names.includes(name)).map((name) => ({ name, number: other })),
      );
    }
    seen += items.length;
    token = next;
    if (!token || found.length === names.length) break;
  }
  return found;
}
