"""The field's usual way, kept plain: two HEADs a file, a row per file per version, revert copies everything.

The measured original (VAMS 2.5.1, 1,000 files) takes 2,050 calls to create, 2,005 to get and 7,052 to
revert, one after the other; this takes no more, 32 at once. It has no compare: ours stands beside its two
lists of rows.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.place import ASSET, DATABASE, PREFIX
from bench.world import BUCKET, SIDE_BY_SIDE, TABLE, Variant

BATCH = 25
HEAD_KEY = {"PK": f"{DATABASE}:{ASSET}", "SK": "ASSET"}
VERSIONS = f"{DATABASE}:{ASSET}:versions"

Row = dict[str, Any]


class Baseline(Variant):
    def add_asset(self) -> None:
        self._put({**HEAD_KEY, "assetName": ASSET, "currentVersionId": 0})

    def create(self) -> Any:
        number = self._next()
        files = _each(self._look, (row["Key"] for row in self._listing()))
        self._store(number, files)

    def get(self, number: int) -> Any:
        """The version with its files, whether each is still there and still the newest."""
        self._get({"PK": VERSIONS, "SK": f"{number:010d}"})
        rows = self._query(_files(number))
        return _each(lambda row: (row, self._head_of(row, pinned=True), self._head_of(row)), rows)

    def compare(self, left: int, right: int) -> Any:
        old = {row["SK"]: row for row in self._query(_files(left))}
        new = {row["SK"]: row for row in self._query(_files(right))}
        return [key for key in sorted(old | new) if old.get(key) != new.get(key)]

    def revert(self, number: int) -> Any:
        files = _each(self._bring_back, self._query(_files(number)))
        self._store(self._next(), files)

    def _bring_back(self, row: Row) -> Row:
        self._head_of(row, pinned=True)
        source = {"Bucket": BUCKET, "Key": row["SK"], "VersionId": row["versionId"]}
        self.s3.copy_object(Bucket=BUCKET, Key=row["SK"], CopySource=source)
        return self._facts(row["SK"], self._head_of(row))

    def _look(self, key: str) -> Row:
        """Is it there, and then: what is it."""
        self.s3.head_object(Bucket=BUCKET, Key=key)
        return self._facts(key, self.s3.head_object(Bucket=BUCKET, Key=key))

    def _facts(self, key: str, head: Row) -> Row:
        return {
            "SK": key,
            "relativeKey": key.removeprefix(PREFIX),
            "versionId": head["VersionId"],
            "size": head["ContentLength"],
            "etag": head["ETag"],
            "lastModified": head["LastModified"].isoformat(),
        }

    def _store(self, number: int, files: list[Row]) -> None:
        rows = [{"PutRequest": {"Item": {"PK": _files(number), **row}}} for row in files]
        batches = (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
        _each(lambda batch: self.dynamo.batch_write_item(RequestItems={TABLE: batch}), batches)
        self._put({"PK": VERSIONS, "SK": f"{number:010d}", "fileCount": len(files), "createdBy": "bench"})
        self._put({**self._head(), "currentVersionId": number})

    def _head_of(self, row: Row, pinned: bool = False) -> Row:
        wanted = {"VersionId": row["versionId"]} if pinned else {}
        head: Row = self.s3.head_object(Bucket=BUCKET, Key=row["SK"], **wanted)
        return head

    def _listing(self) -> Iterator[Row]:
        for page in self.s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=PREFIX):
            yield from page.get("Contents", [])

    def _query(self, partition: str) -> Iterator[Row]:
        request: Row = {
            "TableName": TABLE,
            "KeyConditionExpression": "#p = :p",
            "ExpressionAttributeNames": {"#p": "PK"},
            "ExpressionAttributeValues": {":p": partition},
        }
        while True:
            reply = self.dynamo.query(**request)
            yield from reply["Items"]
            if "LastEvaluatedKey" not in reply:
                return
            request["ExclusiveStartKey"] = reply["LastEvaluatedKey"]

    def _get(self, key: Row) -> Row:
        item: Row = self.dynamo.get_item(TableName=TABLE, Key=key)["Item"]
        return item

    def _head(self) -> Row:
        return self._get(HEAD_KEY)

    def _next(self) -> int:
        return int(self._head()["currentVersionId"]) + 1

    def _put(self, item: Row) -> None:
        self.dynamo.put_item(TableName=TABLE, Item=item)


def _files(number: int) -> str:
    return f"{DATABASE}:{ASSET}:{number}"


def _each(work: Callable[[Any], Any], some: Iterable[Any]) -> list[Any]:
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        return list(pool.map(work, some))
