"""The contract once more, over the emulator that the whole system runs on."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from assetversions.domain.errors import Conflict
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb.values import speak_plainly
from assetversions.storage.s3.sources import ARCHIVED

from local.aws import client
from local.emulator import emulator
from tests.contract.files_as_of_suite import NextSecond
from tests.contract.records_suite import a_database, an_asset
from tests.contract.suite import (
    TestAliases,
    TestAutomatic,
    TestFiles,
    TestFilesInTime,
    TestHistory,
    TestJournal,
    TestListings,
    TestLives,
    TestProperties,
    TestRecords,
    TestUploads,
    database_id,
    head,
    ref,
    timed_ref,
    twelve,
)
from tests.support.aws import make_stores
from tests.support.stores import AwsStore

__all__ = [
    "TestAliases",
    "TestAutomatic",
    "TestFiles",
    "TestFilesInTime",
    "TestHistory",
    "TestJournal",
    "TestListings",
    "TestLives",
    "TestProperties",
    "TestRecords",
    "TestUploads",
    "database_id",
    "head",
    "next_second",
    "ref",
    "timed_ref",
    "twelve",
]


@pytest.fixture
def next_second() -> NextSecond:
    """The emulator's clock is this machine's."""

    def wait() -> datetime:
        begun = int(time.time())
        while (now := time.time()) < begun + 1:
            time.sleep(begun + 1 - now)
        return datetime.fromtimestamp(begun + 1, UTC)

    return wait


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AwsStore]:
    """One for all tests here: each works on assets and databases of its own."""
    with emulator(tmp_path_factory.mktemp("ministack")) as endpoint:
        dynamodb, s3 = client("dynamodb", endpoint), client("s3", endpoint)
        make_stores(dynamodb, s3)
        speak_plainly(dynamodb)
        yield AwsStore(dynamodb, s3, "table", "assets", "manifests")


def test_assets_of_one_database_are_all_made_where_they_are_made_at_once(store: AwsStore) -> None:
    database = a_database()
    store.records.add_database(database)

    def make(number: int) -> None:
        for more in range(10):
            store.records.add_asset(an_asset(database.database_id, f"asset-{number}-{more}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(make, range(8)))
    assert len(list(store.records.assets(database.database_id, None, 100))) == 80


@pytest.mark.parametrize("listed", [False, True])
def test_what_is_archived_can_not_be_copied_and_is_known_before(
    store: AwsStore, ref: AssetRef, listed: bool
) -> None:
    for path, kept_as in (("cold", "DEEP_ARCHIVE"), ("cool", "STANDARD_IA"), ("frozen", "GLACIER")):
        store.put(ref, path, path.encode(), StorageClass=kept_as)
        store.put(ref, path, b"newer")
    history = [row for path in ("cold", "cool", "frozen") for row in store.history.of(ref, path)]
    old = store.files.pinned(ref, {row.path: row.version_id for row in history if not row.latest})
    files = store.files
    sources = files.sources_listed(ref, old, None) if listed else files.sources(ref, old)
    assert [source.trouble for source in sources] == [ARCHIVED, None, ARCHIVED]
    for cold in (sources[0], sources[2]):
        with pytest.raises(Conflict, match=f"'{cold.path}' could not be copied: archived"):
            files.copy(ref, [cold])
    files.copy(ref, [sources[1]])
    assert next(store.history.of(ref, "cool")).storage_class == "STANDARD_IA"
    assert store.read(ref, "cool") == b"cool"


def test_all_who_subscribe_at_once_are_subscribed(store: AwsStore, ref: AssetRef) -> None:
    def subscribe(number: int) -> None:
        for more in range(10):
            store.subscriptions.add(ref, frozenset({f"user-{number}-{more}"}))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(subscribe, range(8)))
    found = store.subscriptions.get(ref)
    assert found is not None
    assert len(found.subscribers) == 80
