"""The paths of a change set that others are just forgetting are told all or none."""

from datetime import UTC, datetime

import pytest
from assetversions.domain.journal import ChangeKind, ChangeSet, PathState
from assetversions.storage.dynamodb import keys

from tests.support.upload_store import REF, Store, upload_store

store = pytest.fixture(upload_store)


def test_of_a_set_that_is_half_forgotten_no_path_is_told(store: Store):
    now = datetime.now(UTC)
    mine = ChangeSet("upload-1", ChangeKind.UPLOAD, "ann", now, now, attempt="attempt-1")
    store.services.journal.open(REF, mine, [PathState(f"{number:03d}", None) for number in range(600)])
    (found,) = store.services.journal.sets(REF)
    assert len(store.services.journal.paths(REF, found)) == 600
    gone = keys.changing_paths(REF.database_id, REF.asset_id, "upload-1", "attempt-1", 1)
    store.services.journal._table.delete_many([gone])
    assert store.services.journal.paths(REF, found) == []
