"""A version by the journal costs what changed, however many files there are (`docs/costs.md`)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from assetversions.domain.journal import BUCKET, ChangeKind, ChangeSet, PathState
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.services import Services
from assetversions.storage.dynamodb.journal import DynamoJournal
from assetversions.storage.dynamodb.table import Table

from bench.ours import Ours
from bench.world import ASSET, DATABASE, PREFIX, World
from tests.support.services import GivenServices

REF = AssetRef(DATABASE, ASSET)


class Noting(Ours):
    """Nobody else may write to the bucket of this one."""

    @contextmanager
    def _services(self) -> Iterator[Services]:
        with super()._services() as given:
            yield replace(cast(GivenServices, given), all_noted=True)


def upload(world: World, count: int) -> None:
    """Files are overwritten by one upload of ours, and S3 has told of it."""
    before = list(world.s3.objects.seeded)
    world.change(count)
    keys = [before[number * len(before) // count] for number in range(count)]
    states = [PathState(key.removeprefix(PREFIX), None, f"version {key}") for key in keys]
    now, journal = datetime.now(UTC), DynamoJournal(Table(world.dynamo, "table"))
    change = ChangeSet("upload", ChangeKind.UPLOAD, "ann", now, now, attempt="one")
    journal.open(REF, change, states)
    journal.close(REF, replace(change, closed_at=now), states)
    told = ChangeSet("events", ChangeKind.PUT, BUCKET, now, now, now, attempt="events")
    journal.record(REF, told, [state._replace(at=int(now.timestamp())) for state in states])


def calls(world: World, request: Callable[[], Any]) -> Any:
    world.meter.reset(0.0)
    request()
    return world.meter.calls


@pytest.mark.parametrize("files", [1_000, 100_000])
def test_ten_changed_files_cost_twenty_calls_at_most(files: int):
    world = World(files)
    store = Noting(world)
    store.add_asset()
    store.create()
    for beside_a_delta in (0, 1):
        upload(world, 10)
        found = calls(world, store.create)
        assert found["HeadObject"] == 10
        assert not [name for name in found if name.startswith("List")]
        assert found.total() <= 20 + beside_a_delta, found
