"""S3 in memory: object versions in the files' bucket, plain blobs in the manifests' one."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import takewhile
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ClientError

from bench.aws.meter import Meter, metered
from bench.aws.objects import Objects, ObjectVersion

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
    """`put_object` and `get_object` serve the manifests' bucket, all the others the files' bucket."""

    exceptions = S3Exceptions
    # The product asks to hear of raw answers, to know their order: here it stands in the page.
    meta = SimpleNamespace(events=SimpleNamespace(register=lambda *_: None))

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
    def list_objects_v2(self, *, Prefix: str, StartAfter: str = "", **request: Any) -> Reply:  # noqa: N803
        after = request.get("ContinuationToken", StartAfter)
        keys = self.objects.after(after) if after > Prefix else self.objects.walk(Prefix)
        rows: list[Reply] = []
        for key, (newest, *_older) in takewhile(lambda found: found[0].startswith(Prefix), keys):
            if newest.marker:
                continue
            if len(rows) == PAGE:
                return {"Contents": rows, "IsTruncated": True, "NextContinuationToken": rows[-1]["Key"]}
            rows.append({"Key": key, **_listed(newest)})
        return {"Contents": rows, "IsTruncated": False} if rows else {"IsTruncated": False}

    @metered
    def list_object_versions(self, *, Prefix: str, KeyMarker: str = "", **request: Any) -> Reply:  # noqa: N803
        page: Reply = {"Versions": [], "DeleteMarkers": [], "Order": [], "IsTruncated": False}
        last: tuple[str, str] | None = None
        for index, (key, version, latest) in enumerate(self._history(Prefix, KeyMarker, **request)):
            if index == PAGE and last is not None:
                return page | {"IsTruncated": True, "NextKeyMarker": last[0], "NextVersionIdMarker": last[1]}
            kind = "DeleteMarker" if version.marker else "Version"
            row = {"Key": key, "VersionId": version.version_id, "IsLatest": latest, **_listed(version)}
            page["Order"].append(kind)
            page[f"{kind}s"].append(row)
            last = key, version.version_id
        return page

    @metered
    def head_object(self, *, Key: str, VersionId: str | None = None, **_bucket: Any) -> Reply:  # noqa: N803
        found = self._find(Key, VersionId, "404")
        return {
            "VersionId": found.version_id,
            "ContentLength": found.size,
            "ETag": f'"{found.etag}"',
            "LastModified": datetime.fromtimestamp(found.modified, UTC),
            "Metadata": {},
        }

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
        return {}

    @metered
    def get_object(self, *, Key: str, **_bucket: Any) -> Reply:  # noqa: N803
        if Key not in self.blobs:
            raise NoSuchKey({"Error": {"Code": "NoSuchKey", "Message": Key}}, "GetObject")
        return {"Body": io.BytesIO(self.blobs[Key])}

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
