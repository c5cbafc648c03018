"""The vendor's own example: its request against its data gives its reply, and what its table says beside."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.domain.commands.versions import ArchiveVersion, DeleteVersion, PublishVersion
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.publish_version import publish_version

from tests.support import number
from tests.support.vault_api import SEED_ITEM, VAULT, Vault

SEED = (Path(__file__).parent / "golden/seed.json").read_text()
REQUEST = "/AutodeskDM/Services/api/vault/v2/vaults/117/items/55/versions"


@pytest.fixture
def vault() -> Vault:
    """As the example has it: item 55 with its two versions, a quarter of a minute apart."""
    vault = Vault.new()
    vault.create()
    vault.world.clock.moment = datetime(2024, 10, 22, 8, 21, 31, 650_000, tzinfo=UTC)
    vault.create()
    return vault


def expected(vault: Vault) -> Any:
    """The example's reply with our ids in it; and a version of ours has a state from its first day.

    The example's server had a page size of its own; the vendor's specification says 100.
    """
    text = SEED.replace('"state": ""', '"state": "Work in Progress"').replace('"limit": 1000', '"limit": 100')
    versions = vault.world.records.versions(SEED_ITEM, None, 10, oldest_first=True)
    for theirs, version in zip(("56", "57"), versions, strict=True):
        ours = str(version.version_id)
        text = text.replace(f'"{theirs}"', f'"{ours}"').replace(f"versions/{theirs}", f"versions/{ours}")
    return json.loads(text)


def test_the_examples_request_gives_the_examples_reply(vault: Vault) -> None:
    body = vault.get(REQUEST)
    flags = [result.pop("isLatestObsolete") for result in body["results"]]
    assert body == expected(vault)
    assert flags == [False, False], "the vendor's table has it, its example does not"
    wanted = expected(vault)
    assert [list(result) for result in body["results"]] == [list(result) for result in wanted["results"]]


def test_the_links_of_the_examples_reply_lead_to_the_same_objects(vault: Vault) -> None:
    first, second = vault.get(REQUEST)["results"]
    assert vault.get(first["url"]) == first | {"properties": []}
    item = vault.get(first["item"]["url"])
    assert item == first["item"] | {"versionType": "Latest", "itemVersion": second | {"properties": []}}


def test_the_latest_is_obsolete_once_it_is_archived(vault: Vault) -> None:
    vault.run(archive_version, ArchiveVersion(SEED_ITEM, number(2)))
    found = [
        (result["state"], result["isReadOnly"], result["isLatestObsolete"])
        for result in vault.get(REQUEST)["results"]
    ]
    assert found == [("Work in Progress", False, True), ("Obsolete", True, True)]
    item = vault.get(f"{VAULT}/items/55")
    assert item["itemVersion"]["isLatestObsolete"] is True


@pytest.mark.parametrize("query", ["", "?option[releasedOnly]=false"])
def test_an_item_without_a_version_has_no_word_of_one(query: str) -> None:
    item = Vault.new().get(f"{VAULT}/items/55{query}")
    assert item == {"id": "55", "entityType": "Item", "url": f"{VAULT}/items/55", "versionType": "None"}


def test_an_item_is_shown_with_its_released_version_where_that_is_asked_for(vault: Vault) -> None:
    released_only = f"{VAULT}/items/55?option[releasedOnly]=true"
    assert vault.get(released_only).keys() == {"id", "entityType", "url", "versionType"}
    assert vault.get(released_only)["versionType"] == "None", "nothing is released"
    vault.run(publish_version, PublishVersion(SEED_ITEM, number(1)))
    item = vault.get(released_only)
    assert (item["versionType"], item["itemVersion"]["version"]) == ("LatestReleased", 1)
    item = vault.get(f"{VAULT}/items/55?option[releasedOnly]=false")
    assert (item["versionType"], item["itemVersion"]["version"]) == ("Latest", 2)


def test_a_history_of_released_versions_has_the_newest_release_of_each_revision(vault: Vault) -> None:
    vault.create(bump_revision=True)
    vault.create()
    vault.run(publish_version, PublishVersion(SEED_ITEM, number(1)))
    vault.run(publish_version, PublishVersion(SEED_ITEM, number(3)))

    def shown(history: str) -> list[tuple[int, str]]:
        found = vault.results(f"{REQUEST}?option[history]={history}")
        return [(one["version"], one["state"]) for one in found]

    assert shown("ReleasedOnly") == [(1, "Obsolete"), (3, "Released")]
    assert [one for one, _ in shown("ReleasedAndRevisionTip")] == [1, 2, 3, 4]
    item = vault.get(f"{VAULT}/items/55?option[releasedOnly]=true")
    assert (item["versionType"], item["itemVersion"]["version"]) == ("LatestReleased", 3)
    vault.run(delete_version, DeleteVersion(SEED_ITEM, number(3)))
    assert shown("ReleasedOnly") == [(1, "Obsolete")]
