"""S3 in memory: object versions in the files' bucket, plain blobs in the manifests' one."""

import io
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import md5
from itertools import takewhile
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

from botocore.exceptions import ClientError

from bench.aws.meter import Meter, metered
from bench.aws.objects import SEEDED_AT, Objects, ObjectVersion, body_of

FILES = "files"
PAGE = 1000
NULL_ETAG = '"d41d8cd98f00b204e9800998ecf8427e"'

Reply = dict[str, Any]


class NoSuchKey(ClientError):  # type: ignore[misc]
    pass


class S3Exceptions:
    NoSuchKey = NoSuchKey


class Paginator:
    def __init__(self, method: Any, tokens: dict[str, str]) -> None:
        self._method = method
        self._tokens = tokens

    def paginate(self, **request: Any) -> Iterator[Reply]:
        while True:
            page = self._method(**request)
            yield page
            if not page["IsTruncated"]:
                return
            request |= {name: page[token] for name, token in self._tokens.items()}


class FakeS3:
    """The bucket of the files has versions; all that is put lies as a blob in another one."""

    exceptions = S3Exceptions
    # The product asks to hear of raw answers, to know their order: here it stands in the page.
    meta = SimpleNamespace(events=Mock())

    def __init__(self, meter: Meter, objects: Objects) -> None:
        self.meter = meter
        self.objects = objects
        self.blobs: dict[str, bytes] = {}

    def get_paginator(self, name: str) -> Paginator:
        if name == "list_objects_v2":
            return Paginator(self.list_objects_v2, {"ContinuationToken": "NextContinuationToken"})
        markers = {"KeyMarker": "NextKeyMarker", "VersionIdMarker": "NextVersionIdMarker"}
        return Paginator(self.list_object_versions, markers)

    @metered
    def list_objects_v2(
        self,
        *,
        Prefix: str = "",  # noqa: N803
        StartAfter: str = "",  # noqa: N803
        Bucket: str = FILES,  # noqa: N803
        MaxKeys: int = PAGE,  # noqa: N803
        **request: Any,
    ) -> Reply:
        after = request.get("ContinuationToken", StartAfter)
        if Bucket != FILES:
            return self._blobs_page(Prefix, after, **request)
        keys = self.objects.after(after) if after > Prefix else self.objects.walk(Prefix)
        rows: list[Reply] = []
        for key, (newest, *_older) in takewhile(lambda found: found[0].startswith(Prefix), keys):
            if newest.marker:
                continue
            if len(rows) == MaxKeys:
                return {"Contents": rows, "IsTruncated": True, "NextContinuationToken": rows[-1]["Key"]}
            rows.append({"Key": key, **_listed(newest)})
        return {"Contents": rows, "IsTruncated": False} if rows else {"IsTruncated": False}

    @metered
    def list_object_versions(
        self,
        *,
        Prefix: str = "",  # noqa: N803
        KeyMarker: str = "",  # noqa: N803
        MaxKeys: int = PAGE,  # noqa: N803
        **request: Any,
    ) -> Reply:
        page: Reply = {"Versions": [], "DeleteMarkers": [], "Order": [], "IsTruncated": False}
        last: tuple[str, str] | None = None
        for index, (key, version, latest) in enumerate(self._history(Prefix, KeyMarker, **request)):
            if index == MaxKeys and last is not None:
                return page | {"IsTruncated": True, "NextKeyMarker": last[0], "NextVersionIdMarker": last[1]}
            kind = "DeleteMarker" if version.marker else "Version"
            row = {"Key": key, "VersionId": version.version_id, "IsLatest": latest, **_listed(version)}
            page["Order"].append(kind)
            page[f"{kind}s"].append(row)
            last = key, version.version_id
        return page

    @metered
    def head_object(
        self,
        *,
        Key: str,  # noqa: N803
        Bucket: str = FILES,  # noqa: N803
        VersionId: str | None = None,  # noqa: N803
        ChecksumMode: str = "",  # noqa: N803
    ) -> Reply:
        if Bucket != FILES:
            return self._blob_facts(Key, "404")
        found = self._find(Key, VersionId, "404")
        facts = {
            "VersionId": found.version_id,
            "ContentLength": found.size,
            "ETag": f'"{found.etag}"',
            "LastModified": datetime.fromtimestamp(found.modified, UTC),
            "Metadata": {},
        }
        check = b64encode(bytes.fromhex(found.etag)[:8]).decode()
        return facts | ({"ChecksumCRC64NVME": check, "ChecksumType": "FULL_OBJECT"} if ChecksumMode else {})

    @metered
    def copy_object(self, *, Key: str, CopySource: dict[str, str], **_bucket: Any) -> Reply:  # noqa: N803
        source = self._find(CopySource["Key"], CopySource.get("VersionId"), "NoSuchVersion")
        new = self.objects.write(Key, source.size, source.etag)
        self.meter.wrote(0, new.size)
        result = {"ETag": f'"{new.etag}"', "LastModified": datetime.fromtimestamp(new.modified, UTC)}
        return {"VersionId": new.version_id, "CopyObjectResult": result}

    @metered
    def delete_objects(self, *, Delete: Reply, **_bucket: Any) -> Reply:  # noqa: N803
        for row in Delete["Objects"]:
            self.objects.write(row["Key"], 0, NULL_ETAG, marker=True)
        return {}

    @metered
    def put_object(self, *, Key: str, Body: bytes, **_facts: Any) -> Reply:  # noqa: N803
        stored = len(Body) if Key not in self.blobs else 0
        self.blobs[Key] = Body
        self.meter.wrote(len(Body), stored)
        return {"ETag": _etag(Body)}

    @metered
    def get_object(
        self,
        *,
        Key: str,  # noqa: N803
        Bucket: str = "",  # noqa: N803
        VersionId: str | None = None,  # noqa: N803
    ) -> Reply:
        if Bucket == FILES:
            found = self._find(Key, VersionId, "NoSuchKey")
            facts = {"ETag": f'"{found.etag}"', "VersionId": found.version_id}
            return facts | {"Body": io.BytesIO(body_of(found))}
        facts = self._blob_facts(Key, "NoSuchKey")
        return facts | {"Body": io.BytesIO(self.blobs[Key])}

    def _blob_facts(self, key: str, missing: str) -> Reply:
        if key not in self.blobs:
            raise NoSuchKey({"Error": {"Code": missing, "Message": key}}, "GetObject")
        modified = datetime.fromtimestamp(SEEDED_AT, UTC)
        body = self.blobs[key]
        return {"ContentLength": len(body), "ETag": _etag(body), "LastModified": modified}

    def _blobs_page(self, prefix: str, after: str, Delimiter: str = "", **_token: Any) -> Reply:  # noqa: N803
        """Those behind `after`, with what stands for a folder."""
        rows: list[Reply] = []
        folders: dict[str, None] = {}
        last = ""
        for key in sorted(key for key in self.blobs if key.startswith(prefix) and key > after):
            head, found, _ = key.removeprefix(prefix).partition(Delimiter) if Delimiter else ("", "", "")
            folder = prefix + head + found
            if found and (folder in folders or after.startswith(folder)):
                continue
            if len(rows) + len(folders) == PAGE:
                return _blobs_found(rows, folders) | {"IsTruncated": True, "NextContinuationToken": last}
            if found:
                folders[folder] = None
            else:
                facts = self._blob_facts(key, "404")
                rows.append({"Key": key, "Size": facts["ContentLength"]} | facts)
            last = key
        return _blobs_found(rows, folders) | {"IsTruncated": False}

    def _history(
        self,
        prefix: str,
        key_marker: str,
        VersionIdMarker: str = "",  # noqa: N803
        **_bucket: Any,
    ) -> Iterator[tuple[str, ObjectVersion, bool]]:
        """The rest of the marked key's object versions, if one is marked; then every key behind it."""
        if VersionIdMarker:
            rest = iter(self.objects.versions(key_marker))
            any(version.version_id == VersionIdMarker for version in rest)
            yield from ((key_marker, version, False) for version in rest)
        walk = self.objects.after(key_marker) if key_marker > prefix else self.objects.walk(prefix)
        for key, versions in takewhile(lambda found: found[0].startswith(prefix), walk):
            for index, version in enumerate(versions):
                yield key, version, index == 0

    def _find(self, key: str, version_id: str | None, missing: str) -> ObjectVersion:
        versions = self.objects.versions(key)
        wanted = versions[:1] if version_id is None else [v for v in versions if v.version_id == version_id]
        if not wanted or (wanted[0].marker and version_id is None):
            raise ClientError({"Error": {"Code": missing, "Message": key}}, "HeadObject")
        if wanted[0].marker:
            raise ClientError({"Error": {"Code": "MethodNotAllowed", "Message": key}}, "HeadObject")
        return wanted[0]


def _listed(version: ObjectVersion) -> Reply:
    modified = datetime.fromtimestamp(version.modified, UTC)
    if version.marker:
        return {"LastModified": modified}
    return {"LastModified": modified, "Size": version.size, "ETag": f'"{version.etag}"'}


def _etag(body: bytes) -> str:
    return f'"{md5(body, usedforsecurity=False).hexdigest()}"'


def _blobs_found(rows: list[Reply], folders: dict[str, None]) -> Reply:
    named = {"Contents": rows, "CommonPrefixes": [{"Prefix": folder} for folder in folders]}
    return {name: found for name, found in named.items() if found}
