// Rules as data: what a form holds of one, who it is about, which paths it fits. No text is ever evaluated.

export const METHODS = ["GET", "PUT", "POST", "DELETE"];
export const FIELDS = {
  asset: ["databaseId", "assetId", "assetName", "assetType", "tags", "owner", "state", "versions"],
  api: ["route__path"],
};
export const OPERATORS = [
  "equals",
  "not_equals",
  "contains",
  "does_not_contain",
  "starts_with",
  "ends_with",
  "is_one_of",
  "is_not_one_of",
];
const LISTS = new Set(["is_one_of", "is_not_one_of"]);
// Whoever may send something there changes who may what.
const POLICY = ["/auth/constraints", "/roles", "/user-roles"];

export const takesList = (operator) => LISTS.has(operator);

/** One row for each role or person and effect, with its methods. */
export function grantsOf(rule) {
  const rows = new Map();
  const take = (kind, name, { permission, permissionType: effect }) => {
    const key = JSON.stringify([kind, name, effect]);
    if (!rows.has(key)) rows.set(key, { kind, name, effect, methods: [] });
    rows.get(key).methods.push(permission);
  };
  for (const one of rule.groupPermissions) take("role", one.groupId, one);
  for (const one of rule.userPermissions) take("user", one.userId, one);
  return [...rows.values()];
}

/** What the API takes, of rows of grants. */
function permissions(grants, kind, called) {
  return grants
    .filter((one) => one.kind === kind && one.name.trim())
    .flatMap(({ name, effect, methods }) =>
      methods.map((permission) => ({ [called]: name.trim(), permission, permissionType: effect })),
    );
}

const asRow = ({ field, operator, value }) => ({
  field,
  operator,
  text: takesList(operator) ? "" : value,
  list: takesList(operator) ? value : [],
});

const asCriterion = ({ field, operator, text, list }) => ({
  field,
  operator,
  value: takesList(operator) ? list : text,
});

export const newRow = (objectType) => asRow({ field: FIELDS[objectType][0], operator: "equals", value: "" });
export const newGrant = () => ({ kind: "role", name: "", effect: "allow", methods: ["GET"] });

/** A form of a rule, or of none. */
export function formOf(rule) {
  return {
    identifier: rule?.constraintId ?? rule?.identifier ?? "",
    name: rule?.name ?? "",
    description: rule?.description ?? "",
    objectType: rule?.objectType ?? "asset",
    and: (rule?.criteriaAnd ?? []).map(asRow),
    or: (rule?.criteriaOr ?? []).map(asRow),
    grants: rule ? grantsOf(rule) : [newGrant()],
  };
}

/** The rule that a form says. */
export function ruleOf(form) {
  const { identifier, description, objectType, grants } = form;
  return {
    identifier: identifier.trim(),
    ...(form.name.trim() && { name: form.name.trim() }),
    description,
    objectType,
    criteriaAnd: form.and.map(asCriterion),
    criteriaOr: form.or.map(asCriterion),
    groupPermissions: permissions(grants, "role", "groupId"),
    userPermissions: permissions(grants, "user", "userId"),
  };
}

const COMPARED = {
  equals: (text, value) => text === value,
  contains: (text, value) => text.includes(value),
  starts_with: (text, value) => text.startsWith(value),
  ends_with: (text, value) => text.endsWith(value),
  is_one_of: (text, value) => value.includes(text),
  not_equals: (text, value) => text !== value,
  does_not_contain: (text, value) => !text.includes(value),
  is_not_one_of: (text, value) => !value.includes(text),
};

function fitsPath({ criteriaAnd, criteriaOr }, path) {
  const holds = ({ operator, value }) => COMPARED[operator](path, value);
  return criteriaAnd.every(holds) && (!criteriaOr.length || criteriaOr.some(holds));
}

/** Whether a rule opens the routes by which rules are changed: easily said by a short path. */
export function opensPolicy(rule) {
  return (
    rule.objectType === "api" &&
    rule.criteriaAnd.length + rule.criteriaOr.length > 0 &&
    POLICY.some((path) => fitsPath(rule, path)) &&
    grantsOf(rule).some(({ effect, methods }) => effect === "allow" && methods.some((one) => one !== "GET"))
  );
}
