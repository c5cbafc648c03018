"""VAMS's constraints and our rules, each way: the one place that knows what each field and method means.

| VAMS | here |
|---|---|
| `objectType` `api`, `asset` | the tiers; other types are kept but decide nothing (`evaluated` false) |
| `criteriaAnd`, `criteriaOr` | all of the first must be true, and one of the second where there are any |
| `GET` on `asset` | read |
| `PUT` on `asset` | update, archive, publish |
| `POST` on `asset` | create, revert |
| `DELETE` on `asset` | delete |
| a method on `api` | requests with this method; `PUT` also those with `PATCH`, which VAMS does not know |
"""

from collections.abc import Iterable, Mapping
from typing import Any

from assetversions.domain.errors import Invalid
from assetversions.domain.policy import Criterion, Grant, PolicyRule

METHODS = ("GET", "PUT", "POST", "DELETE")
ANY = "*"

ASSET_ACTIONS: Mapping[str, frozenset[str]] = {
    "GET": frozenset({"read"}),
    "PUT": frozenset({"update", "archive", "publish"}),
    "POST": frozenset({"create", "revert"}),
    "DELETE": frozenset({"delete"}),
}

API_METHODS: Mapping[str, frozenset[str]] = {method: frozenset({method}) for method in METHODS} | {
    "PUT": frozenset({"PUT", "PATCH"})
}

FIELDS = {
    "databaseId": "database_id",
    "assetId": "asset_id",
    "assetName": "asset_name",
    "assetType": "asset_type",
    "tags": "tags",
    "owner": "owner",
    "state": "state",
    # Our addition: how many the asset has, deleted ones aside; "0" before the first.
    "versions": "versions",
    "route__path": "route",
}

OPERATORS = {
    "equals": "equals",
    "not_equals": "not_equals",
    "contains": "contains",
    "does_not_contain": "not_contains",
    "starts_with": "starts_with",
    "ends_with": "ends_with",
    "is_one_of": "in",
    "is_not_one_of": "not_in",
}
LISTS = frozenset({"is_one_of", "is_not_one_of"})

# What a constraint on each type of object may ask about.
OBJECT_TYPES: Mapping[str, frozenset[str]] = {
    "api": frozenset({"route__path"}),
    "asset": frozenset(FIELDS) - {"route__path"},
    "database": frozenset({"databaseId"}),
    "web": frozenset({"route__path"}),
    "tag": frozenset({"tagName", "databaseId"}),
    "tagType": frozenset({"tagTypeName", "databaseId"}),
    "role": frozenset({"roleName"}),
    "userRole": frozenset({"roleName", "userId"}),
    "pipeline": frozenset({"databaseId", "pipelineId", "pipelineExecutionType", "category", "name"}),
    "workflow": frozenset({"databaseId", "workflowId", "category", "name"}),
    "metadataSchema": frozenset({"databaseId", "metadataSchemaName", "metadataSchemaEntityType"}),
}

_FIELD_OF = {attribute: field for field, attribute in FIELDS.items()}
_OPERATOR_OF = {operator: name for name, operator in OPERATORS.items()}


def criterion(object_type: str, where: str, field: str, operator: str, value: str | list[str]) -> Criterion:
    """Invalid for a field or operator that is not known, or a value of the wrong kind."""
    if field not in OBJECT_TYPES[object_type]:
        known = ", ".join(sorted(OBJECT_TYPES[object_type]))
        raise Invalid(f"{where}.field", f"'{field}' is not a field of {object_type}; these are: {known}.")
    if operator not in OPERATORS:
        raise Invalid(f"{where}.operator", f"'{operator}' is not one of: {', '.join(OPERATORS)}.")
    if isinstance(value, list) != (operator in LISTS):
        kind = "a list of texts" if operator in LISTS else "a text"
        raise Invalid(f"{where}.value", f"must be {kind} where the operator is {operator}.")
    values = tuple(value) if isinstance(value, list) else (value,)
    return Criterion(FIELDS.get(field, field), OPERATORS[operator], values)


def grant(object_type: str, effect: str, subject: str, name: str, methods: Iterable[str]) -> Grant:
    """What `methods` grant to a role (`subject` is `roles`) or to a user (`users`)."""
    meaning = ASSET_ACTIONS if object_type == "asset" else API_METHODS
    actions = frozenset().union(*(meaning[method] for method in methods))
    return Grant(effect, actions, **{subject: frozenset({name})})


def spell(rule: PolicyRule) -> dict[str, Any]:
    """A rule as a VAMS constraint; one that was not written by VAMS shows the methods it touches."""
    return {
        "constraintId": rule.rule_id,
        "name": rule.name,
        "description": rule.description,
        "objectType": rule.tier,
        "criteriaAnd": [_criterion(row) for row in rule.conditions],
        "criteriaOr": [_criterion(row) for row in rule.any_of],
        "groupPermissions": _permissions(rule, "roles", "groupId"),
        "userPermissions": _permissions(rule, "users", "userId"),
        "evaluated": rule.evaluated,
    }


def _criterion(row: Criterion) -> dict[str, Any]:
    operator = _OPERATOR_OF[row.operator]
    value = list(row.values) if operator in LISTS else row.values[0]
    return {"field": _FIELD_OF.get(row.attribute, row.attribute), "operator": operator, "value": value}


def _permissions(rule: PolicyRule, subject: str, called: str) -> list[dict[str, str]]:
    return [
        {called: rule.labels.get(name, name), "permission": method, "permissionType": grant.effect}
        for grant in rule.grants
        for name in sorted(getattr(grant, subject))
        for method in METHODS
        if grant.actions & {method, ANY, *ASSET_ACTIONS[method]}
    ]
