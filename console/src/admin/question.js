// "Why may this person not …" as the API is asked it: an action on an asset is a route, and what may be done to it.
const step = encodeURIComponent;
const of = (database, asset) => `/database/${step(database)}/assets/${step(asset)}`;

// By which method of a rule each action is meant, and the route that VAMS has for it.
const ACTIONS_BY = {
  read: ["GET", (at) => `GET ${at}`],
  create: ["POST", (at) => `POST ${at}/createVersion`],
  update: ["PUT", (at) => `PUT ${at}`],
  archive: ["PUT", (at) => `POST ${at}/assetversions/1/archive`],
  publish: ["PUT", (at) => `POST ${at}/assetversions/1/publish`],
  revert: ["POST", (at) => `POST ${at}/revertAssetVersion/1`],
  delete: ["DELETE", (at) => `DELETE ${at}/deleteAsset`],
};

export const ACTIONS = Object.keys(ACTIONS_BY);
export const ROUTE = "route";

/** What the address says: `{user, what, database, asset, method, path}` → the API's question, if it is whole. */
export function questionOf({ user, what, database, asset, method, path }) {
  const whose = user ? { userId: user } : {};
  if (what === ROUTE) return path ? { ...whose, route: `${method || "GET"} ${path}` } : undefined;
  if (!ACTIONS.includes(what) || !database || !asset) return undefined;
  return {
    ...whose,
    databaseId: database,
    assetId: asset,
    route: ACTIONS_BY[what][1](of(database, asset)),
  };
}

/** What both tiers say of it: `[{tier, allowed, rule, reason}]`. */
export function verdicts(report, what) {
  const action = report.asset?.actions[what];
  return [
    report.api && { tier: "api", ...report.api },
    action && { tier: "asset", action: what, ...action },
  ].filter(Boolean);
}

/** Rules that nobody wrote yet, each as the beginning of one; none where scopes are what is too little. */
export function missing(report, { what, database, asset }) {
  if (report.callers.some((one) => one.scopes)) return [];
  return verdicts(report, what)
    .filter((one) => !one.allowed && one.rule === null)
    .map(({ tier, route }) => {
      const [method, path] = tier === "api" ? route.split(" ") : [ACTIONS_BY[what][0]];
      const who = report.roles[0] ?? report.userId;
      const identifier = [who, what, tier, database].filter(Boolean).join("-").replaceAll("/", "-");
      return {
        identifier,
        ...whom(report, method),
        objectType: tier,
        ...about(tier, { path, database, asset }),
      };
    });
}

function about(tier, { path, database, asset }) {
  const here = database && `/database/${database}/`;
  const criterion = (field, operator, value) => ({ field, operator, value });
  const and =
    tier === "asset"
      ? [criterion("databaseId", "equals", database), criterion("assetId", "equals", asset)]
      : [here ? criterion("route__path", "starts_with", here) : criterion("route__path", "equals", path)];
  return { criteriaAnd: and, criteriaOr: [] };
}

/** The first of their roles, or they themselves who have none. */
function whom({ roles, userId }, permission) {
  const [role] = roles;
  const one = { permission, permissionType: "allow" };
  return {
    groupPermissions: role ? [{ groupId: role, ...one }] : [],
    userPermissions: role ? [] : [{ userId, ...one }],
  };
}
