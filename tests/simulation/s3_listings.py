"""What S3 lists, in pages as short as a run wants them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tests.simulation.bucket import Bucket, Stored, md5

Reply = dict[str, Any]


class Listings(ABC):
    """The listing calls; S3 may send fewer rows than it was asked for."""

    def __init__(self, buckets: dict[str, Bucket], page: int) -> None:
        self._buckets = buckets
        self.page = page

    def list_objects_v2(
        self,
        Bucket: str,
        Prefix: str = "",
        StartAfter: str = "",
        ContinuationToken: str = "",
        Delimiter: str | None = None,
    ) -> Reply:
        def listed() -> Reply:
            bucket, last = self._buckets[Bucket], ""
            rows: list[Reply] = []
            folders: dict[str, None] = {}
            for key in bucket.keys(Prefix, ContinuationToken or StartAfter):
                if (newest := bucket.newest(key)) is None:
                    continue
                folder = _folder(key, Prefix, Delimiter)
                if folder not in folders:
                    if len(rows) + len(folders) == self.page:
                        return _page(rows, folders) | {"IsTruncated": True, "NextContinuationToken": last}
                    if folder is None:
                        rows.append(_row(key, newest) | {"StorageClass": newest.storage_class})
                    else:
                        folders[folder] = None
                last = key
            return _page(rows, folders) | {"IsTruncated": False}

        return self._call("ListObjectsV2", f"{Prefix}* after {ContinuationToken or StartAfter!r}", listed)

    def list_object_versions(
        self,
        Bucket: str,
        Prefix: str = "",
        KeyMarker: str = "",
        VersionIdMarker: str = "",
        MaxKeys: int = 1000,
    ) -> Reply:
        def listed() -> Reply:
            # The order of the raw answer, which the product asks for: it stands in the page.
            reply: Reply = {"IsTruncated": False, "Order": []}
            for count, (key, one, latest) in enumerate(
                self._versions(self._buckets[Bucket], Prefix, KeyMarker, VersionIdMarker)
            ):
                if count == min(self.page, MaxKeys):
                    return reply | {"IsTruncated": True}
                kind = "DeleteMarkers" if one.body is None else "Versions"
                row = _row(key, one) | {"VersionId": one.version_id, "IsLatest": latest}
                if one.body is None:
                    del row["Size"], row["ETag"]
                else:
                    row["StorageClass"] = one.storage_class
                reply["Order"].append(kind.removesuffix("s"))
                reply.setdefault(kind, []).append(row)
                reply |= {"NextKeyMarker": key, "NextVersionIdMarker": one.version_id}
            return {name: value for name, value in reply.items() if not name.startswith("Next")}

        return self._call("ListObjectVersions", f"{Prefix}* after {KeyMarker!r}", listed)

    def list_parts(self, Bucket: str, Key: str, UploadId: str) -> Reply:
        def listed() -> Reply:
            parts = self._upload("ListParts", Bucket, Key, UploadId).parts
            rows = [
                {"PartNumber": number, "ETag": f'"{md5(body)}"', "Size": len(body)}
                for number, body in sorted(parts.items())
            ]
            return {"IsTruncated": False} | ({"Parts": rows} if rows else {})

        return self._call("ListParts", Key, listed, UploadId)

    def get_paginator(self, name: str) -> "Paginator":
        return Paginator(getattr(self, name))

    def _versions(
        self, bucket: Bucket, prefix: str, marker: str, version: str
    ) -> Iterator[tuple[str, Stored, bool]]:
        """Behind the markers: in the order of keys, newest first."""
        if version and marker.startswith(prefix):
            history = bucket.history(marker)
            place = bucket.place(version)
            for one in reversed(history):
                if one.order < place:
                    yield marker, one, one is history[-1]
        for key in bucket.keys(prefix, marker):
            history = bucket.history(key)
            for one in reversed(history):
                yield key, one, one is history[-1]

    @staticmethod
    def _etag(body: bytes) -> str:
        return md5(body)

    @abstractmethod
    def _call(self, name: str, key: str, effect: Callable[[], Reply], version: str | None = None) -> Reply:
        """One step of a run."""

    @abstractmethod
    def _upload(self, name: str, bucket: str, key: str, upload_id: str) -> Any:
        """That is at work; else as S3 says that there is none."""


class Paginator:
    """Asks on behind what a page says."""

    MARKS = (
        ("NextContinuationToken", "ContinuationToken"),
        ("NextKeyMarker", "KeyMarker"),
        ("NextVersionIdMarker", "VersionIdMarker"),
    )

    def __init__(self, call: Callable[..., Reply]) -> None:
        self._call = call

    def paginate(self, PaginationConfig: dict[str, int] | None = None, **asked: Any) -> Iterator[Reply]:
        if PaginationConfig:
            asked["MaxKeys"] = PaginationConfig["PageSize"]
        while True:
            reply = self._call(**asked)
            yield reply
            if not reply["IsTruncated"]:
                return
            asked |= {mark: reply[told] for told, mark in self.MARKS if told in reply}


def _row(key: str, one: Stored) -> Reply:
    return {
        "Key": key,
        "LastModified": one.modified,
        "ETag": f'"{one.etag}"',
        "Size": len(one.body or b""),
    }


def _folder(key: str, prefix: str, delimiter: str | None) -> str | None:
    """What stands for all keys of a folder, where a delimiter is asked for and behind the prefix."""
    if delimiter is None or delimiter not in key.removeprefix(prefix):
        return None
    return prefix + key.removeprefix(prefix).split(delimiter)[0] + delimiter


def _page(rows: list[Reply], folders: Iterable[str]) -> Reply:
    named = {"Contents": rows, "CommonPrefixes": [{"Prefix": folder} for folder in folders]}
    return {name: found for name, found in named.items() if found}
