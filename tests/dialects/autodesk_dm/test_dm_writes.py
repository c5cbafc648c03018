"""What is written through Data Management: all of a body does what it says, or is refused by its name."""

import json
from typing import Any

import pytest
from assetversions.dialects.autodesk_dm import ids, requests, writes
from assetversions.dialects.autodesk_dm.resources import DELETED_TYPE, VERSION_TYPE
from assetversions.dialects.common.http import Request
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.model import AssetUid

UID = 0x123456789ABCDEF012345
ITEM = ids.spell_item(UID)
VERSION = ids.spell_version(UID, 7)
QUERY = {"copyFrom": VERSION}
FILE = VERSION_TYPE
PLAIN = {"jsonapi": {"version": "1.0"}, "data": {"type": "versions"}}


def request(body: Any, query: dict[str, str]) -> Request:
    sent = "" if body is None else json.dumps(body)
    return Request({"project_id": "b.my-project"}, query, {"if-match": '"3"'}, sent)


def copied(body: Any = PLAIN, query: dict[str, str] = QUERY) -> RevertVersion:
    return writes.revert_version(request(body, query))


def refused(body: Any = PLAIN, query: dict[str, str] = QUERY) -> str:
    with pytest.raises(Invalid) as caught:
        copied(body, query)
    return caught.value.field


def body(attributes: Any = None, **relationships: Any) -> Any:
    facts = {"attributes": attributes} if attributes is not None else {}
    return {"data": {"type": "versions", **facts, "relationships": relationships}}


def about(item: str, kind: str = "items") -> Any:
    return body(item={"data": {"type": kind, "id": item}})


def test_a_copy_of_a_version_is_a_revert():
    asset = AssetUid(UID, VERSION, "my-project")
    assert copied() == RevertVersion(
        asset, VersionRef(number=7), expected_rev=3, expand=requests.SHOWN, name_field="data.attributes.name"
    )


@pytest.mark.parametrize("urn", [VERSION.split("?")[0], f"{ITEM}?version=7"])
def test_the_version_is_named_in_every_way_that_clients_know(urn: str):
    assert copied(query={"copyFrom": urn}).version == VersionRef(number=7)


def test_a_copy_may_have_a_name():
    assert copied(body({"name": "b.pdf"})).name == "b.pdf"


def test_a_copy_may_say_the_type_that_all_versions_have():
    kind = {"type": "versions:autodesk.bim360:File", "version": "1.0"}
    assert copied(body({"name": "b.pdf", "extension": kind})).name == "b.pdf"


def test_a_copy_may_name_its_own_item_and_no_other():
    for own in (ITEM, VERSION, ids.VERSION_PREFIX + ITEM.removeprefix(ids.ITEM_PREFIX)):
        assert copied(about(own)) == copied()
    assert refused(about(ids.spell_item(UID + 1))) == "data.relationships.item.data.id"
    assert refused(about(ITEM, "folders")) == "data.relationships.item.data.type"


STORED = {"data": {"type": "objects", "id": "urn:adsk.objects:os.object:b/k"}}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (body({"displayName": "b.pdf"}), "data.attributes.displayName"),
        (body({"storageUrn": "urn:x"}), "data.attributes.storageUrn"),
        (body({"versionNumber": 3}), "data.attributes.versionNumber"),
        (body({"name": ""}), "data.attributes.name"),
        (body({"name": "x" * 256}), "data.attributes.name"),
        (body({"name": 5}), "data.attributes.name"),
        (body({"extension": {"type": DELETED_TYPE}}), "copyFrom"),
        (body({"extension": {"type": "versions:autodesk.core:File"}}), "data.attributes.extension.type"),
        (body({"extension": {}}), "data.attributes.extension.type"),
        (body({"extension": {"type": FILE, "version": "2"}}), "data.attributes.extension.version"),
        (body({"extension": {"type": FILE, "data": {"a": 1}}}), "data.attributes.extension.data"),
        (body(storage=STORED), "data.relationships.storage"),
        (body(refs={"data": [{"type": "versions", "id": VERSION}]}), "data.relationships.refs"),
        (body(parent={"data": {}}), "data.relationships.parent"),
        ({"data": {"type": "versions", "id": "x"}}, "data.id"),
        (PLAIN | {"included": []}, "included"),
        (None, "data"),
        ([], "body"),
        ({"data": []}, "data"),
        ({"data": {}}, "data.type"),
        ({"data": {"type": "items"}}, "data.type"),
        ({"data": {"type": 5}}, "data.type"),
    ],
)  # fmt: skip
def test_what_a_copy_does_not_do_is_refused_by_its_name(sent: Any, field: str):
    assert refused(sent) == field


@pytest.mark.parametrize("query", [{}, {"copyFrom": ""}])
def test_a_version_is_made_of_another_one_alone(query: dict[str, str]):
    assert refused(query=query) == "copyFrom"


def test_a_parameter_that_is_not_known_is_refused():
    assert refused(query=QUERY | {"x": "1"}) == "x"


def test_a_copy_of_what_is_no_version_is_not_found():
    with pytest.raises(NotFound):
        copied(query={"copyFrom": ITEM})
