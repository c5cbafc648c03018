// What may be done with a version, by the table of the lifecycle: each as its name and its drawing.
const ALWAYS = [["verify", "shield"]];

/** `live` says that the asset is not archived: one that is is only read. */
export function offered({ state, isCurrent, isProtected }, live = true) {
  if (state === "deleted") return [];
  if (!live) return ALWAYS;
  if (state === "archived") {
    return [["unarchive", "back"], ["revert", "revert"], ["clone", "copy"], ...ALWAYS, ["delete", "delete"]];
  }
  return [
    ["edit", "edit"],
    state !== "published" && ["publish", "publish"],
    !isCurrent && ["activate", "check"],
    ["revert", "revert"],
    ["clone", "copy"],
    ...ALWAYS,
    isProtected ? ["unprotect", "unlock"] : ["protect", "lock"],
    !isCurrent && !isProtected && ["archive", "archive"],
    !isProtected && ["delete", "delete"],
  ].filter(Boolean);
}

/** What may be done with an asset itself. */
export function offeredOf({ status }) {
  if (status !== "active")
    return [
      ["unarchiveAsset", "back"],
      ["deleteAsset", "delete"],
    ];
  return [
    ["editAsset", "edit"],
    ["archiveAsset", "archive"],
    ["deleteAsset", "delete"],
  ];
}
