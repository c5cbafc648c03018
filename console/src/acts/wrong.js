// Which field a refusal is about: the API begins its message with the name of it.
const NAMED = /^(\w+)(?:\.\w+)*: (.+)$/s;
const ALIAS_TAKEN = /^Alias '/;
const ID_TAKEN = / exists already[ ;]/;

/** `{field, text}` for one of `fields`; undefined for a refusal of something else. */
export function wrongField(error, fields) {
  const message = error?.message ?? "";
  if (error?.status === 400) {
    const [, name, text] = message.match(NAMED) ?? [];
    const field = fields.find((one) => one === name);
    return field && { field, text };
  }
  if (error?.status !== 409) return undefined;
  const taken = [
    ["versionAliases", ALIAS_TAKEN],
    ["assetId", ID_TAKEN],
    ["databaseId", ID_TAKEN],
    ["identifier", ID_TAKEN],
    ["roleName", ID_TAKEN],
  ].find(([field, words]) => fields.includes(field) && words.test(message));
  return taken && { field: taken[0], text: message };
}
