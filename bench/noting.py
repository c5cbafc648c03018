"""The store where nobody else writes to the bucket: its versions are made by the journal."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import cast

from assetversions.domain.journal import BUCKET, ChangeKind, ChangeSet, PathState
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.services import Services
from assetversions.storage.dynamodb.journal import DynamoJournal
from assetversions.storage.dynamodb.table import Table
from msgspec.structs import replace

from bench.ours import Ours
from bench.place import ASSET, DATABASE, PREFIX
from bench.world import TABLE, World
from tests.support.services import GivenServices

REF = AssetRef(DATABASE, ASSET)


class Noting(Ours):
    @contextmanager
    def _services(self) -> Iterator[Services]:
        with super()._services() as given:
            yield replace(cast(GivenServices, given), all_noted=True)


def note(world: World, keys: Sequence[str]) -> None:
    """One set of ours has changed these, and S3 has told of it."""
    states = [PathState(key.removeprefix(PREFIX), None, f"version {key}") for key in keys]
    now, journal = datetime.now(UTC), DynamoJournal(Table(world.dynamo, TABLE))
    ours = ChangeSet("upload", ChangeKind.UPLOAD, "ann", now, now, attempt="one")
    journal.open(REF, ours, states)
    journal.close(REF, replace(ours, closed_at=now), states)
    told = ChangeSet("events", ChangeKind.PUT, BUCKET, now, now, now, attempt="events")
    journal.record(REF, told, [state._replace(at=int(now.timestamp())) for state in states])
