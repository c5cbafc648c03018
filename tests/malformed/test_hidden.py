"""What a caller may not see is not told from what is not there: by status, words, headers or AWS calls."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from assetversions.dialects import ROUTES
from assetversions.dialects.autodesk_dm import ids as autodesk_dm
from assetversions.dialects.autodesk_vault import ids as vault
from assetversions.dialects.disguise import ids as disguise
from assetversions.dialects.posta import ids as posta
from assetversions.domain import ids

from tests.malformed.requests import Event, Malformed
from tests.malformed.world import World, world

# An asset that the caller may not see, and nothing: what names the one and the other.
HIDDEN, MISSING = "a1", "zz"
DATABASE, NO_DATABASE = "db1", "no1"
OF_DATABASES = {
    "GET /database/{databaseId}",
    "PUT /database/{databaseId}",
    "GET /database/{databaseId}/assets",
    "GET /AutodeskDM/Services/api/vault/v2/vaults/{vaultId}",
    "GET /AutodeskDM/Services/api/vault/v2/vaults/{vaultId}/items",
    "GET /AutodeskDM/Services/api/vault/v2/vaults/{vaultId}/item-versions",
    "GET /AutodeskDM/Services/api/vault/v2/vaults/{vaultId}/property-definitions",
    "GET /AutodeskDM/Services/api/vault/v2/vaults/{vaultId}/property-definitions/{id}",
}


# How long a list takes depends on what it passes over.
LISTS = {key for key in OF_DATABASES if key.endswith(("/assets", "/items", "/item-versions"))}


def criterion(field: str, value: str | list[str]) -> dict[str, Any]:
    operator = "contains" if field == "tags" else "equals" if isinstance(value, str) else "is_one_of"
    return {"field": field, "operator": operator, "value": value}


def denial(name: str, *criteria: dict[str, Any]) -> dict[str, Any]:
    """Whoever is in the group of the rule's name may do nothing to what the rule is about."""
    methods = ("GET", "PUT", "POST", "DELETE")
    denied = [{"groupId": name, "permission": method, "permissionType": "deny"} for method in methods]
    rule = {"identifier": name, "objectType": "asset", "criteriaAnd": list(criteria)}
    return rule | {"groupPermissions": denied}


DENIALS = {
    "no-database": [criterion("databaseId", [DATABASE, NO_DATABASE])],
    "no-asset": [criterion("assetId", [HIDDEN, MISSING])],
    "no-secrets": [criterion("tags", "secret")],
    "not-of-ann": [criterion("databaseId", DATABASE), criterion("owner", "admin")],
}
# Beside their own group they have that of those who may read and change everything, or no other one.
CALLERS = [(name, "editor") for name in DENIALS] + [("stranger", "stranger")]


@dataclass(frozen=True)
class Asked:
    """A route, with a request about what is hidden and the same about what is missing."""

    hidden: Event
    missing: Event


@pytest.fixture(scope="module")
def hidden() -> Iterator[World]:
    with world() as made:
        made.change("PUT", f"/database/{DATABASE}/assets/{HIDDEN}", {"tags": ["secret"]})
        for name, criteria in DENIALS.items():
            made.change("POST", "/auth/constraints", denial(name, *criteria))
        starts = ["/database", "/assets", "/uploads", "/subscr", "/unsubscr"]
        starts += ["/data/", "/oss/", "/AutodeskDM", "/v1/"]
        paths = [{"field": "route__path", "operator": "starts_with", "value": start} for start in starts]
        granted = [
            {"groupId": "stranger", "permission": method, "permissionType": "allow"}
            for method in ("GET", "PUT", "POST", "DELETE")
        ]
        rule = {"identifier": "any-route", "objectType": "api", "criteriaOr": paths}
        made.change("POST", "/auth/constraints", rule | {"groupPermissions": granted})
        yield made


@pytest.fixture(scope="module")
def spelled(hidden: World) -> dict[str, str]:
    """Every name of the hidden asset, with that of nothing."""
    uid = posta.read_asset(hidden.names["posta asset"])
    assert uid is not None
    other = ids.new_asset_uid()
    pairs = {posta.spell_asset(uid): posta.spell_asset(other)}
    pairs |= {autodesk_dm.spell_item(uid): autodesk_dm.spell_item(other)}
    pairs |= {disguise.spell_asset(uid): disguise.spell_asset(other)}
    for number in range(1, 5):
        both = ids.version_id(uid, number), ids.version_id(other, number)
        pairs |= {posta.spell_version(both[0]): posta.spell_version(both[1]), str(both[0]): str(both[1])}
        pairs |= {autodesk_dm.spell_version(uid, number): autodesk_dm.spell_version(other, number)}
        pairs |= {f"{both[0]}.txt": f"{both[1]}.txt"}
        pairs |= {vault.spell_path(both[0], "a.txt"): vault.spell_path(both[1], "a.txt")}
    files = (vault.spell_path(ids.asset_uuid(one), "a.txt") for one in (uid, other))
    return pairs | {next(files): next(files)}


def renamed(value: Any, pairs: dict[str, str]) -> Any:
    """The same with other names, which stand alone or in a sentence."""
    if isinstance(value, dict):
        return {name: renamed(one, pairs) for name, one in value.items()}
    if isinstance(value, list):
        return [renamed(one, pairs) for one in value]
    if not isinstance(value, str):
        return value
    if value in pairs:
        return pairs[value]
    for name, other in pairs.items():
        quoted = f"'{name}'"
        value = value.replace(quoted, f"'{other}'") if quoted in value else value
    return value


def asked(requests: Malformed, key: str, caller: tuple[str, str], pairs: dict[str, str]) -> Asked:
    event = requests.good(key)
    claims = event["requestContext"]["authorizer"]["jwt"]["claims"]
    claims |= {"username": "viewer", "cognito:groups": f"[{' '.join(dict.fromkeys(caller))}]"}
    if key == "GET /auth/me":
        event["queryStringParameters"] = {"databaseId": DATABASE, "assetId": HIDDEN}
    body = event["body"] and json.dumps(renamed(json.loads(event["body"]), pairs))
    named = {name: renamed(event[name], pairs) for name in ("pathParameters", "queryStringParameters")}
    return Asked(event, event | named | {"body": body})


def told(made: World, event: Event, pairs: dict[str, str]) -> Any:
    """The answer with other names in it; an error's id is drawn from its words."""
    before = made.calls
    answer = made.ask(event)
    body = renamed(json.loads(answer.body or "null"), pairs)
    for error in body.get("errors", []) if isinstance(body, dict) and "jsonapi" in body else []:
        error.pop("id", None)
    return answer.status, renamed(dict(answer.headers), pairs), body, made.calls - before


def differences(
    made: World, caller: tuple[str, str], pairs: dict[str, str], keys: set[str]
) -> dict[str, Any]:
    requests, found = Malformed(made), {}
    for key in sorted(keys):
        both = asked(requests, key, caller, pairs)
        told(made, both.hidden, pairs)  # so that the policy has been read
        hidden, missing = told(made, both.hidden, pairs), told(made, both.missing, pairs)
        if key in LISTS:
            hidden, missing = hidden[:3], missing[:3]
        if hidden != missing or hidden[0] != 403:
            found[key] = (hidden, missing)
    return found


def about_assets(made: World, pairs: dict[str, str]) -> set[str]:
    requests = Malformed(made)
    of_all = {route.key: asked(requests, route.key, ("x", "x"), pairs) for route in ROUTES if not route.open}
    named = {key for key, both in of_all.items() if both.hidden != both.missing}
    return {key for key in named if _names_one(key)}


def _names_one(key: str) -> bool:
    """Others have an asset's name in a body that they do not look at."""
    named = ("{assetId}", "{item_id}", "{version_id}", "{content_id}", "{object_key}")
    files = ("files/{id}", "file-versions/{id}")
    words = (
        *named,
        *files,
        "items/{id}",
        "item-versions/{id}",
        "/uploads",
        "ubscri",
        "/auth/me",
        "POST /data/v1",
    )
    return any(word in key for word in words)


@pytest.mark.parametrize("caller", CALLERS, ids=lambda caller: caller[0])
def test_a_hidden_asset_is_as_one_that_is_not_there(
    hidden: World, spelled: dict[str, str], caller: tuple[str, str]
) -> None:
    pairs = spelled | {HIDDEN: MISSING}
    keys = about_assets(hidden, pairs) - {"GET /subscriptions"}
    assert len(keys) > 60
    assert differences(hidden, caller, pairs, keys) == {}


@pytest.mark.parametrize("caller", [CALLERS[0], CALLERS[-1]], ids=lambda caller: caller[0])
def test_a_hidden_database_is_as_one_that_is_not_there(hidden: World, caller: tuple[str, str]) -> None:
    pairs = {DATABASE: NO_DATABASE}
    assert differences(hidden, caller, pairs, OF_DATABASES) == {}
