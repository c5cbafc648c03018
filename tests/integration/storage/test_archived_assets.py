"""An archived asset is read-only for every request that would change it or its files."""

import pytest

from tests.integration.storage.keyed import ARCHIVE_ASSET, REQUESTS, WITHOUT_RECEIPT, Once, World
from tests.simulation.aws import Account
from tests.support.aws_faults import Calls

ALL = REQUESTS | WITHOUT_RECEIPT
ABOUT_FILES = {
    "archive_files",
    "unarchive_file",
    "revert_file",
    "start_upload",
    "complete_upload",
    "renew_links",
}
ABOUT_ITSELF = {"update_asset", "put_asset_metadata", "delete_asset_metadata"}
ABOUT_VERSIONS = {name for name in {one.operation for one in ALL.values()} if name.endswith("_version")}
READ_ONLY = {
    name: once
    for name, once in ALL.items()
    if once.operation in (ABOUT_FILES | ABOUT_VERSIONS | ABOUT_ITSELF) - {"verify_version", "zip_version"}
}


@pytest.mark.parametrize("once", READ_ONLY.values(), ids=READ_ONLY)
def test_it_is_refused_and_nothing_changes(
    calls: Calls, account: Account, monkeypatch: pytest.MonkeyPatch, once: Once
):
    world = World(calls, account, monkeypatch)
    world.prepare(once)
    world.prepare(Once("GET", "/database", behind=(ARCHIVE_ASSET,)))
    before = world.state()
    answer = world.send(once)
    assert (answer.status, "archived" in str(answer.body)) == (409, True), answer
    assert world.state() == before
