// One token has two spellings: our own tells its scopes and last use, VAMS's whether it is switched on.

/** The id that VAMS's routes know it by; tokens of before these routes have none. */
export function keyOf(tokenId) {
  const hex = tokenId.split(".")[1] ?? "";
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** My own tokens, with what the keys say of them. */
export function mine(tokens, keys) {
  const known = new Map(keys.map((key) => [key.apiKeyId, key]));
  return tokens.map((token) => {
    const key = known.get(keyOf(token.tokenId));
    return {
      id: token.tokenId,
      keyId: key?.apiKeyId,
      name: token.name,
      user: token.userId,
      scopes: token.scopes,
      usedAt: token.lastUsedAt,
      madeAt: token.dateCreated,
      madeBy: token.createdBy,
      expiresAt: token.expiresAt,
      description: key?.description ?? "",
      isOn: key?.isActive !== "false",
    };
  });
}

export function everybodys(keys) {
  return keys.map((key) => ({
    id: key.apiKeyId,
    keyId: key.apiKeyId,
    name: key.apiKeyName,
    user: key.userId,
    madeAt: key.createdAt,
    madeBy: key.createdBy,
    expiresAt: key.expiresAt,
    description: key.description,
    isOn: key.isActive !== "false",
  }));
}

/** `off`, `over`, `soon` within a week, or `on`. */
export function stateOf({ isOn, expiresAt }, now = Date.now()) {
  const days = (new Date(expiresAt).getTime() - now) / 86_400_000;
  if (days <= 0) return "over";
  if (!isOn) return "off";
  return days < 7 ? "soon" : "on";
}
