"""Links between assets in VAMS: requests into commands, and the exact bodies."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.routes_beside import ROUTES
from assetversions.domain.asset_links import AssetLink, LinkKind, Role
from assetversions.domain.commands.links import CreateLink, DeleteLink, GetLink, ListLinks, UpdateLink
from assetversions.domain.errors import Invalid
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.results.links import LinksOf, Node

from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
ROUTE = {route.key: route for route in ROUTES}
OF = "GET /database/{databaseId}/assets/{assetId}/asset-links"
SINGLE, ONE = "/asset-links/single/{assetLinkId}", "/asset-links/{assetLinkId}"
AT = datetime(2026, 3, 15, 10, 30, 0, 999_000, tzinfo=UTC)
A, B = AssetRef("db1", "a"), AssetRef("db2", "b")
LINK = AssetLink("0f6e", LinkKind.PARENT_CHILD, A, B, "left", ("x",), AT, "ann")
HEAD = Asset(B, 7, "Größe", "an asset", "glb", (), True, AT, "ann", AT)
TREE = LinksOf({Role.CHILD: [Node(LINK, HEAD, [Node(LINK, HEAD, [])])]}, {Role.RELATED: 2})

RESULTS: dict[str, tuple[str, Any]] = {
    "post_asset_link": ("POST /asset-links", LINK),
    "get_asset_links": (OF, LinksOf({Role.PARENT: [Node(LINK, HEAD)]}, {})),
    "get_asset_links_tree": (OF, TREE),
    "get_asset_link": (f"GET {SINGLE}", LINK),
    "put_asset_link": (f"PUT {ONE}", LINK),
    "delete_asset_link": (f"DELETE {ONE}", LINK),
}
BODY = {
    "fromAssetId": "a",
    "fromAssetDatabaseId": "db1",
    "toAssetId": "b",
    "toAssetDatabaseId": "db2",
    "relationshipType": "parentChild",
    "assetLinkAliasId": "left",
    "tags": ["x"],
}


def command(key: str, body: Any = None, **query: str) -> Any:
    path = {"databaseId": "db1", "assetId": "a", "assetLinkId": "0f6e"}
    return ROUTE[key].command(Request(path, query, {}, "" if body is None else json.dumps(body)))


@pytest.mark.parametrize("name", RESULTS)
def test_a_reply_about_links_is_exactly_the_golden_one(name: str):
    key, result = RESULTS[name]
    reply = ROUTE[key].encode(result)
    body = json.loads(json.dumps(reply.body))
    assert (reply.status, body) == (200, golden(GOLDEN, name, body))


def test_requests_about_links_say_what_is_wanted():
    assert command("POST /asset-links", BODY) == CreateLink(A, B, LinkKind.PARENT_CHILD, "left", ("x",))
    related: dict[str, Any] = BODY | {"relationshipType": "related", "assetLinkAliasId": None, "tags": []}
    assert command("POST /asset-links", related) == CreateLink(A, B, LinkKind.RELATED, "", ())
    assert command(OF) == ListLinks(A, tree=False)
    assert command(OF, childTreeView="true") == ListLinks(A, tree=True)
    assert command(f"GET {SINGLE}") == GetLink("0f6e")
    assert command(f"PUT {ONE}", {}) == UpdateLink("0f6e", None, ())
    assert command(f"PUT {ONE}", {"assetLinkAliasId": "", "tags": ["y"]}) == UpdateLink("0f6e", "", ("y",))
    assert command(f"DELETE {ONE}") == DeleteLink("0f6e")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"relationshipType": "cousin"}, "relationshipType"),
        ({"relationshipType": 1}, "relationshipType"),
        ({"relationshipType": []}, "relationshipType"),
        ({"relationshipType": "related"}, "assetLinkAliasId"),
        ({"assetLinkAliasId": "x" * 129}, "assetLinkAliasId"),
        ({"tags": [""]}, "tags.0"),
        ({"tags": ["x"] * 51}, "tags"),
        ({"fromAssetId": "a|b"}, "fromAssetId"),
        ({"toAssetDatabaseId": "d"}, "toAssetDatabaseId"),
        ({"toAssetId": None}, "toAssetId"),
    ],
)
def test_what_is_wrong_is_named(more: dict[str, Any], field: str):
    with pytest.raises(Invalid) as refused:
        command("POST /asset-links", BODY | more)
    assert refused.value.field == field
