"""The rule: what Vault documents is honoured or refused, never ignored; its links lead where they say."""

from typing import Any
from urllib.parse import quote

import pytest
from assetversions.dialects.autodesk_vault.routes import ROUTES as SERVED
from assetversions.domain.commands.metadata import OfFile, PutAssetMetadata
from assetversions.domain.commands.versions import PublishVersion
from assetversions.domain.file_metadata import FileKind
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.model import AssetRef
from assetversions.operations.metadata.put_asset_metadata import put_asset_metadata
from assetversions.operations.versions.publish_version import publish_version

from tests.dialects.autodesk_vault.facts import (
    LINKS,
    OTHER_METHODS,
    OUTSIDE,
    PARAMETERS,
    REFUSED,
    ROUTES,
    Parameter,
)
from tests.support import number
from tests.support.vault_api import SEED_ITEM, Vault


@pytest.fixture(scope="module")
def vault() -> Vault:
    vault = Vault.new()
    vault.describe(Floor=("number", "3"), sold=("boolean", "true"))
    for path in ("a.txt", "a.txt.previewFile.png", "b/b.html", "c.txt"):
        vault.put(path, path.encode())
    weight = (Metadatum("Weight", "5", ValueType.NUMBER),)
    vault.run(
        put_asset_metadata, PutAssetMetadata(SEED_ITEM, weight, file=OfFile("a.txt", FileKind.METADATA))
    )
    for bump in (False, False, False, True):
        vault.create(bump_revision=bump)
    vault.run(publish_version, PublishVersion(SEED_ITEM, number(1)))
    vault.add(AssetRef("118", "1"), "Part", "Part", uid=5)
    vault.add(AssetRef("117", "20"), "bolt", "Part", uid=20)
    vault.add(AssetRef("117", "7"), "Nut", "Part", uid=7)
    vault.create(AssetRef("117", "20"))
    return vault


@pytest.mark.parametrize("one", PARAMETERS, ids=lambda one: f"{one.route} {one.name}={one.value}")
def test_what_is_documented_is_honoured_or_refused(vault: Vault, one: Parameter) -> None:
    address = ROUTES[one.route](vault)
    plain, asked = vault.reply(address).body, vault.reply(f"{address}?{quote(one.name)}={one.value}")
    if one.seen == REFUSED:
        assert asked.status == 400
        assert asked.body["detail"].startswith(f"{one.name}: ")
        return
    assert asked.status == 200, asked
    if callable(one.seen):
        assert one.seen(asked.body), asked.body
        assert not one.seen(plain), "without the parameter it would be the same"
    else:
        assert asked.body == plain


def at(body: Any, place: str) -> Any:
    for part in place.split("."):
        body = body[int(part)] if isinstance(body, list) else body[part]
    return body


@pytest.mark.parametrize(("route", "place"), LINKS)
def test_a_link_leads_to_what_it_stands_beside(vault: Vault, route: str, place: str) -> None:
    link = at(vault.get(ROUTES[route](vault)), place)
    assert vault.get(link)["url"] == link


def test_no_route_and_no_link_is_left_out(vault: Vault) -> None:
    assert len(ROUTES) + len(OTHER_METHODS) == len(SERVED)
    assert {one.route for one in PARAMETERS} == set(ROUTES)
    for route, address in ROUTES.items():
        told = {place for name, place in (*LINKS, *OUTSIDE) if name == route}
        assert places(vault.reply(address(vault)).body) == told


@pytest.mark.parametrize(("route", "method"), OTHER_METHODS.items())
def test_another_method_takes_the_same_parameters(vault: Vault, route: str, method: str) -> None:
    address = ROUTES[route](vault)
    for one in (one for one in PARAMETERS if one.route == route):
        url = f"{address}?{quote(one.name)}={one.value}"
        assert vault.reply(url, method).status == vault.reply(url).status


def places(body: Any, before: str = "") -> set[str]:
    """Where there are links, in the first of each list."""
    if isinstance(body, list):
        return places(body[0], f"{before}0.") if body else set()
    if not isinstance(body, dict):
        return set()
    inner = [places(value, f"{before}{name}.") for name, value in body.items()]
    return set().union(*inner, {f"{before}url"} if "url" in body else set())


def test_an_item_without_versions_is_among_the_items_and_has_none_among_the_versions(vault: Vault) -> None:
    items = {one["id"]: one["versionType"] for one in vault.results(ROUTES["items"](vault))}
    assert items == {"20": "Latest", "55": "Latest", "7": "None"}
    assert {one["number"] for one in vault.results(ROUTES["versions"](vault))} == {"Assembly1", "bolt"}
