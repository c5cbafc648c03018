"""The records of uploads: one item each, and its files in items of some hundred, until they expire."""

from datetime import datetime
from itertools import chain

from assetversions.domain.errors import Conflict
from assetversions.domain.model import AssetRef
from assetversions.domain.uploads import Upload, UploadFile
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.table import Cancelled, Item, Table

# An item holds 400 KB; a path has 1 KB at most, S3's id of an upload some 130 bytes.
FILES_AN_ITEM = 250


class DynamoUploads:
    """The `Uploads` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, upload: Upload) -> None:
        starts = range(0, len(upload.files), FILES_AN_ITEM)
        chunks = [upload.files[start : start + FILES_AN_ITEM] for start in starts]
        rows = [_chunk(upload, number, chunk) for number, chunk in enumerate(chunks)]
        self._table.transact([self._table.put_new(item) for item in (_head(upload), *rows)])

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
            head["user"],
            datetime.fromisoformat(head["begun_at"]),
            tuple(UploadFile(path, _number(size), int(parts), s3_id) for path, size, parts, s3_id in files),
            head["state"] == "open",
        )

    def close(self, upload: Upload) -> None:
        key = keys.upload(upload.ref.database_id, upload.ref.asset_id, upload.upload_id)
        try:
            self._table.transact([self._table.set_if(key, {"state": "closed"}, "state", ["open"])])
        except Cancelled as cancelled:
            if not {"ConditionalCheckFailed", "TransactionConflict"} & set(cancelled.codes):
                raise
            raise Conflict(f"Upload '{upload.upload_id}' was completed or aborted already.") from cancelled


def _head(upload: Upload) -> Item:
    return {
        **keys.upload(upload.ref.database_id, upload.ref.asset_id, upload.upload_id),
        keys.EXPIRES: int(upload.expires_at.timestamp()),
        "upload_id": upload.upload_id,
        "user": upload.user,
        "begun_at": upload.begun_at.isoformat(),
        "state": "open",
    }


def _chunk(upload: Upload, number: int, files: tuple[UploadFile, ...]) -> Item:
    return {
        **keys.upload_files(upload.ref.database_id, upload.ref.asset_id, upload.upload_id, number),
        keys.EXPIRES: int(upload.expires_at.timestamp()),
        "files": [list(file) for file in files],
    }


def _number(value: object) -> int | None:
    return None if value is None else int(value)  # type: ignore[call-overload]
