"""A request under an `Idempotency-Key`: what makes sure that its work is done once, and told as it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:  # a function need not import what others do
    from assetversions.domain.asset_links import AssetLink
    from assetversions.domain.comments import Comment
    from assetversions.domain.jobs import Job
    from assetversions.domain.model import Asset, Database
    from assetversions.domain.results.access import Recorded
    from assetversions.domain.results.catalog import DeletedAsset
    from assetversions.domain.results.files import (
        AbortedUpload,
        DeletedAuxiliary,
        PrimaryFile,
        RevertedFile,
        Unarchived,
    )
    from assetversions.domain.results.metadata import MetadataChanged
    from assetversions.domain.results.tags import TagsChanged
    from assetversions.domain.results.versions import Deferred, Done
    from assetversions.domain.uploads import Upload

    # What operations have done, before their replies add what can be read again: links, variables.
    Result = (
        Done
        | Deferred
        | Asset
        | DeletedAsset
        | Database
        | Upload
        | AbortedUpload
        | DeletedAuxiliary
        | RevertedFile
        | PrimaryFile
        | Unarchived
        | Recorded
        | MetadataChanged
        | TagsChanged
        | Comment
        | AssetLink
        | Job
        | list[str]
    )

KEPT_FOR = timedelta(hours=24)
# No request works for longer.
AT_WORK = timedelta(seconds=60)


class Begun(Struct, frozen=True):
    """Work that no transaction holds was begun; `before` is the newest object version before it.

    Of a folder it is what the first attempt has found, which another one can't find again.
    """

    before: str
    at: datetime


class Once(Struct, frozen=True):
    """`name` stands for user, route and key, `request` for all that was asked; forgotten after `until`.

    `begun` is what an attempt before this one has noted.
    """

    name: str
    request: str
    until: datetime
    begun: Begun | None = None

    @property
    def asked_at(self) -> datetime:
        return self.until - KEPT_FOR


class Receipt(Struct, frozen=True):
    """Stored in the transaction that does the work: whoever finds it knows that it was done, and what.

    `result` None: it was too large to keep.
    """

    once: Once
    result: Result | None
