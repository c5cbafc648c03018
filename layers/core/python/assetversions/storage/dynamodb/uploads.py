"""The records of uploads: one item each, and its files in items of some hundred, for a week."""

from datetime import datetime
from itertools import chain
from typing import Any

from assetversions.domain.errors import Conflict
from assetversions.domain.model import AssetRef
from assetversions.domain.once import Receipt
from assetversions.domain.shelves import Shelf
from assetversions.domain.uploads import Upload, UploadFile, UploadState
from assetversions.storage.dynamodb import keys, receipts
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.table import CONDITION_FAILED, Cancelled, Table

# An item holds 400 KB; a path has 1 KB at most, S3's id of an upload some 130 bytes.
FILES_AN_ITEM = 250


class DynamoUploads:
    """The `Uploads` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, upload: Upload, receipt: Receipt | None = None) -> None:
        starts = range(0, len(upload.files), FILES_AN_ITEM)
        chunks = [upload.files[start : start + FILES_AN_ITEM] for start in starts]
        rows = [_chunk(upload, number, chunk) for number, chunk in enumerate(chunks)]
        receipts.together(
            self._table, [self._table.put_new(item) for item in (_head(upload), *rows)], receipt
        )

    def get(self, ref: AssetRef, upload_id: str) -> Upload | None:
        """The upload's own item comes first, its files behind it."""
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        prefix = keys.upload(ref.database_id, ref.asset_id, upload_id)[keys.SORT]
        rows = list(self._table.query(partition, prefix=prefix))
        if not rows or rows[0].get("upload_id") != upload_id:
            return None
        head, *chunks = rows
        files = chain.from_iterable(chunk["files"] for chunk in chunks)
        return Upload(
            upload_id,
            ref,
            head.get("person", ""),
            datetime.fromisoformat(head["begun_at"]),
            tuple(map(_file, files)),
            UploadState(head["state"]),
            None if head.get("ended_at") is None else datetime.fromisoformat(head["ended_at"]),
            Shelf(head.get("shelf", Shelf.FILES)),
        )

    def end(self, upload: Upload, state: UploadState, at: datetime, receipt: Receipt | None = None) -> None:
        """An end that is repeated keeps the time of the first."""
        key = keys.upload(upload.ref.database_id, upload.ref.asset_id, upload.upload_id)
        ended = {"state": str(state), "ended_at": at.isoformat()}
        try:
            action = self._table.set_if(key, ended, "state", [str(UploadState.OPEN)])
            receipts.together(self._table, [action], receipt)
        except Cancelled as cancelled:
            if CONDITION_FAILED not in cancelled.codes:
                raise
            found = self.get(upload.ref, upload.upload_id)
            if found is None or found.state is not state:
                raise Conflict(
                    f"Upload '{upload.upload_id}' has ended otherwise; begin another one."
                ) from cancelled


def _head(upload: Upload) -> Item:
    return {
        **keys.upload(upload.ref.database_id, upload.ref.asset_id, upload.upload_id),
        keys.EXPIRES: int(upload.forgotten_at.timestamp()),
        "upload_id": upload.upload_id,
        "person": upload.person,
        "begun_at": upload.begun_at.isoformat(),
        "state": str(UploadState.OPEN),
        "shelf": str(upload.shelf),
    }


def _chunk(upload: Upload, number: int, files: tuple[UploadFile, ...]) -> Item:
    return {
        **keys.upload_files(upload.ref.database_id, upload.ref.asset_id, upload.upload_id, number),
        keys.EXPIRES: int(upload.forgotten_at.timestamp()),
        "files": [list(file) for file in files],
    }


def _file(row: list[Any]) -> UploadFile:
    """Rows of uploads that were begun when we knew less have no `usual`, or no `pack`."""
    path, size, parts, s3_id, *rest = row
    unsaid: list[Any] = [False, None]
    usual, pack = [*rest, *unsaid[len(rest) :]]
    numbers = (None if number is None else int(number) for number in (size, pack))
    return UploadFile(path, next(numbers), int(parts), s3_id, usual, next(numbers))
