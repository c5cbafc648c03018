"""Autodesk Vault over HTTP: the history of an item, its links, and the same facts as VAMS shows."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest

from local.system import System
from tests.support.walk import found
from tests.system.client import Api, Asset, Body, api, new_asset

VAULTS = "/AutodeskDM/Services/api/vault/v2/vaults"
METADATA = [
    {"metadataKey": "Floor", "metadataValue": "3", "metadataValueType": "number"},
    {"metadataKey": "Größe #1", "metadataValue": "m", "metadataValueType": "string"},
]


@dataclass(frozen=True)
class Vault:
    """One item through Vault; `vams` is the same asset through VAMS."""

    vams: Asset
    api: Api

    @property
    def url(self) -> str:
        return f"{VAULTS}/{self.vams.database_id}"

    @property
    def item(self) -> str:
        return f"{self.url}/items/{quote(self.vams.asset_id, safe='')}"

    def call(self, url: str, **how: Any) -> httpx.Response:
        return self.api.call("GET", url, **how)

    def pages(self, url: str) -> Iterator[Body]:
        at: str | None = url
        while at is not None:
            body = self.api.ok("GET", at)
            yield body
            at = body["pagination"].get("nextUrl")

    def history(self, **options: object) -> list[Body]:
        """`history_` stands for the parameter `option[history]`."""
        named = {f"option[{key[:-1]}]" if key.endswith("_") else key: text for key, text in options.items()}
        query = "&".join(f"{quote(key)}={text}" for key, text in named.items())
        return [result for page in self.pages(f"{self.item}/versions?{query}") for result in page["results"]]

    def numbers(self, **options: object) -> list[int]:
        return [result["version"] for result in self.history(**options)]


@pytest.fixture(scope="module")
def vault(system: System) -> Vault:
    """Six versions of revisions A A B B C C: 2 is published, 3 archived, 6 deleted; 5 and 6 have metadata."""
    asset = new_asset(system, {"a.step": b"solid"}, "größe #1 50%")
    admin = asset.as_user(api(system, "admin"))
    for number in range(1, 7):
        if number == 5:
            assert admin.api.call("PUT", admin.path, json={"metadata": METADATA}).status_code == 200
        made = admin.create({"comment": f"Grüezi {number}", "bumpRevision": number in {3, 5}})
        assert made.status_code == 200, made.text
    assert admin.call("POST", "assetversions/{}/publish", 2).status_code == 200
    assert admin.archive(3).status_code == 200
    assert admin.call("DELETE", "assetversions/{}", 6).status_code == 200
    return Vault(admin, api(system, "viewer"))


def problem(reply: httpx.Response) -> Body:
    body: Body = reply.json()
    assert set(body) == {"title", "detail", "statusCode", "errorCode"}, body
    assert body["statusCode"] == reply.status_code
    return body


def urls(body: Any) -> Iterator[str]:
    return found(body, "url", "nextUrl")


def test_vams_says_what_the_item_is_called_here(vault: Vault) -> None:
    named = vault.api.ok("GET", vault.vams.path)["ids"]["autodesk_vault"]
    assert named == {"vault": vault.vams.database_id, "item": vault.vams.asset_id}
    assert vault.api.ok("GET", vault.item)["id"] == named["item"]


def test_the_history_shows_the_same_facts_as_vams(vault: Vault) -> None:
    mine, theirs = vault.history(), vault.vams.versions(showArchived="true")[::-1]
    shown = [(str(one["version"]), one["comment"], one["revision"]) for one in mine]
    assert shown == [(one["Version"], one["comment"], one["revision"]) for one in theirs]
    states = {"draft": "Work in Progress", "published": "Released", "archived": "Obsolete"}
    assert [one["state"] for one in mine] == [states[one["state"]] for one in theirs]
    assert [one["isReadOnly"] for one in mine] == [False, False, True, False, False]
    facts = vault.api.ok("GET", vault.vams.path)
    assert {one["number"] for one in mine} == {facts["assetName"]}


def test_the_options_choose_and_descending_reverses(vault: Vault) -> None:
    wanted = {
        "All": [1, 2, 3, 4, 5],
        "ReleasedOnly": [2],
        "RevisionTip": [2, 4, 5],
        "ReleasedAndRevisionTip": [2, 4, 5],
    }
    for option, numbers in wanted.items():
        assert vault.numbers(history_=option) == numbers
        assert vault.numbers(history_=option, limit=2, descending="true") == numbers[::-1]


def test_pages_are_full_and_count_what_there_is(vault: Vault) -> None:
    pages = list(vault.pages(f"{vault.item}/versions?limit=2"))
    assert [len(page["results"]) for page in pages] == [2, 2, 1]
    for page in pages:
        facts = {name: page["pagination"][name] for name in ("limit", "totalResults", "indexingStatus")}
        assert facts == {"limit": 2, "totalResults": 5, "indexingStatus": "NA"}
    assert "nextUrl" not in pages[-1]["pagination"]


def test_every_address_that_is_shown_answers(vault: Vault) -> None:
    first = vault.api.ok("GET", f"{vault.item}/versions?limit=2&descending=true&option%5BpropDefIds%5D=all")
    assert len(first["included"]["propertyDefinition"]) == 2
    open_, seen = set(urls(first)), set()
    while open_:
        address = open_.pop()
        seen.add(address)
        open_ |= set(urls(vault.api.ok("GET", address))) - seen
    kinds = {"/items/": 0, "/item-versions/": 0, "/property-definitions/": 0, "cursorState": 0}
    assert {kind: any(kind in one for one in seen) for kind in kinds} == dict.fromkeys(kinds, True)


def test_brackets_may_be_written_as_they_are(vault: Vault) -> None:
    """As curl sends them; an HTTP client of Python would escape them."""
    connection = http.client.HTTPConnection(urlsplit(vault.api.url).netloc, timeout=60)
    path = f"{vault.item}/versions?option[history]=RevisionTip&option[extendedModels]=true"
    connection.request("GET", path, headers={"Authorization": f"Bearer {vault.api.token}"})
    reply = connection.getresponse()
    body = reply.read()
    assert reply.status == 200, body
    assert httpx.Response(200, content=body).json()["results"] == vault.history(
        history_="RevisionTip", extendedModels_="true"
    )


def test_a_version_on_its_own_has_its_properties_and_more_where_asked(vault: Vault) -> None:
    bare = vault.history()[-1]
    alone = vault.api.ok("GET", bare["url"])
    assert alone.items() >= bare.items()
    values = [(one["definition"]["systemName"], one["value"]) for one in alone["properties"]]
    assert values == [("Floor", "3"), ("Größe #1", "m")]
    floor = alone["properties"][0]["propertyDefinitionId"]
    more = vault.api.ok("GET", f"{bare['url']}?option[propDefIds]={floor}&option[extendedModels]=true")
    assert [one["propertyDefinitionId"] for one in more["properties"]] == [floor]
    assert (more["fileCount"], more["size"], more["isCurrent"]) == (1, 5, True)
    assert more["primaryFile"] == {"name": "a.step", "contentType": "model/step", "size": 5}
    assert vault.history(propDefIds_=floor)[0]["properties"] == [], "the first had no metadata yet"


def test_an_item_shows_its_newest_version_or_the_released_one(vault: Vault) -> None:
    found = [vault.api.ok("GET", f"{vault.item}?option[releasedOnly]={asked}") for asked in ("false", "true")]
    shown = [(item["versionType"], item["itemVersion"]["version"]) for item in found]
    assert shown == [("Latest", 5), ("LatestReleased", 2)]


def test_property_definitions_are_listed_and_found(vault: Vault) -> None:
    pages = list(vault.pages(f"{vault.url}/property-definitions?limit=1"))
    found = [one for page in pages for one in page["results"]]
    assert [(one["systemName"], one["dataType"]) for one in found] == [
        ("Floor", "Numeric"),
        ("Größe #1", "String"),
    ]
    assert [page["pagination"]["totalResults"] for page in pages] == [2, 2]
    for one in found:
        assert vault.api.ok("GET", one["url"]) == one
    named = vault.api.ok("GET", f"{vault.url}/property-definitions?filter[systemNames]=Floor")
    assert (named["results"], named["pagination"]["totalResults"]) == (found[:1], 1)


def test_vaults_are_listed_and_found(vault: Vault) -> None:
    mine = {"id": vault.vams.database_id, "name": vault.vams.database_id, "url": vault.url}
    assert mine in [one for page in vault.pages(f"{VAULTS}?limit=1") for one in page["results"]]
    assert vault.api.ok("GET", vault.url) == mine


def test_an_item_without_versions_has_an_empty_history(system: System) -> None:
    vault = Vault(new_asset(system), api(system, "viewer"))
    assert vault.history(propDefIds_="all") == []
    item = vault.api.ok("GET", vault.item)
    assert (item["versionType"], "itemVersion" in item) == ("None", False)


ROUTES: tuple[str, ...] = ("{vaults}", "{url}", "{item}/versions", "{item}", "{version}")
ROUTES += ("{url}/property-definitions", "{definition}", "{url}/items", "{url}/item-versions")
ROUTES += ("{version}/associated-files", "{version}/thumbnail")


def addresses(vault: Vault) -> list[str]:
    version = vault.history()[0]["url"]
    definition = vault.api.ok("GET", f"{vault.url}/property-definitions")["results"][0]["url"]
    names = {
        "vaults": VAULTS,
        "item": vault.item,
        "version": version,
        "url": vault.url,
        "definition": definition,
    }
    return [route.format(**names) for route in ROUTES]


def test_nobody_and_holders_of_api_tokens_are_refused_in_vaults_words(vault: Vault, system: System) -> None:
    made = api(system, "admin").call("POST", "/api-tokens", json={"name": "vault"}).json()
    token = made["token"]
    sent: list[dict[str, str]] = [
        {},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": f"Bearer {token}"},
        {"Authorization": f"Token {token}"},
        {"X-Api-Key": token},
        {"X-Api-Key": system.tokens["admin"]},
    ]
    for address in addresses(vault):
        for headers in sent:
            refused = Api(system.api_url, None).call("GET", address, headers=headers)
            assert problem(refused)["title"] == "Unauthorized"
            assert refused.status_code == 401
    assert api(system, "admin").call("DELETE", f"/api-tokens/{made['tokenId']}").status_code == 200


def test_whom_no_rule_allows_is_forbidden(vault: Vault, system: System) -> None:
    admin = Api(system.api_url, system.tokens["admin"])
    nothing = {"userId": system.machine_client_id}
    assert admin.call("DELETE", "/user-roles", json=nothing).status_code in {200, 404}
    stranger = Api(system.api_url, system.machine_token())
    for address in addresses(vault):
        assert problem(stranger.call("GET", address))["statusCode"] == 401, "a machine alone is nobody here"
        for_viewer = stranger.call("GET", address, headers={"x-user-id": "viewer"})
        assert problem(for_viewer)["statusCode"] == 403
    roles = {"userId": system.machine_client_id, "roleName": ["viewer"]}
    assert admin.call("POST", "/user-roles", json=roles).is_success
    for address in addresses(vault):
        assert problem(stranger.call("GET", address))["statusCode"] == 401
    history = stranger.call("GET", f"{vault.item}/versions", headers={"x-user-id": "viewer"})
    assert history.status_code == 200


def test_what_is_not_there_is_not_found(vault: Vault, system: System) -> None:
    other = new_asset(system)
    version = vault.history()[0]["id"]
    gone = version[:-1] + "6"
    for path in (
        f"{VAULTS}/nowhere",
        f"{VAULTS}/nowhere/items/x",
        f"{VAULTS}/nowhere/property-definitions",
        f"{vault.url}/items/nothing",
        f"{vault.url}/items/nothing/versions",
        f"{vault.url}/item-versions/56",
        f"{vault.url}/item-versions/{gone}",
        f"{VAULTS}/{other.database_id}/item-versions/{version}",
        f"{VAULTS}/nowhere/item-versions/{version}",
        f"{vault.url}/property-definitions/5",
        f"{vault.url}/property-definitions/x",
        f"{vault.url}/change-orders",
    ):
        found = vault.call(path)
        assert (problem(found)["title"], found.status_code) == ("Not Found", 404), path


def test_what_is_wrong_is_named(vault: Vault) -> None:
    for query, name in (
        ("option[history]=Some", "option[history]"),
        ("option%5BpropDefIds%5D=x", "option[propDefIds]"),
        ("option[extendedModels]=maybe", "option[extendedModels]"),
        ("descending=newest", "descending"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("cursorState=nonsense", "cursorState"),
    ):
        refused = vault.call(f"{vault.item}/versions?{query}")
        assert problem(refused)["detail"].startswith(f"{name}: "), query
        assert refused.status_code == 400
    cursor = next(vault.pages(f"{vault.item}/versions?limit=1"))["pagination"]["nextUrl"]
    reordered = vault.call(f"{cursor}&descending=true")
    assert problem(reordered)["statusCode"] == 400, "a cursor belongs to one listing"


def test_vams_refuses_revisions_that_cannot_follow(system: System) -> None:
    vault = Vault(new_asset(system), api(system, "viewer"))
    assert vault.vams.create({"revision": "2024 R1"}).status_code == 200
    assert vault.vams.create({"bumpRevision": True}).status_code == 400
    assert vault.vams.create({"revision": "B", "bumpRevision": True}).status_code == 400
    assert vault.vams.create({"revision": "B"}).status_code == 200
    assert vault.vams.create({"revision": "2024 R1"}).status_code == 409
    assert vault.vams.create({"bumpRevision": True}).status_code == 200
    assert [one["revision"] for one in vault.history()] == ["2024 R1", "B", "C"]
