"""Sources of copies that are there and can't be read: found before anything changes, with the reason."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from assetversions.domain.errors import Conflict, IndeterminateWrite
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.files import GONE, Source
from assetversions.storage.s3.copier import Copier
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.sources import ARCHIVED, DENIED, NO_KEY, RETURNING
from assetversions.storage.s3.working_files import S3Files
from botocore.exceptions import ClientError

REF = AssetRef("db1", "a1")
PREFIX = "db1/a1/"


class Body:
    def close(self) -> None:
        """Nothing was read of it."""


class Bucket:
    """Objects with what HEAD says of them, or how S3 refuses them: HEAD by a bare status, GET by name."""

    def __init__(self, **heads: Any) -> None:
        self.heads = heads
        self.refused: dict[str, str] = {}
        self.asked: list[tuple[str, str]] = []

    def head_object(self, **request: Any) -> Any:
        head = self.heads[self._ask("head", request["Key"])]
        if isinstance(head, str):
            raise ClientError({"Error": {"Code": head}}, "HeadObject")
        return head

    def get_object(self, **request: Any) -> Any:
        if code := self.refused.get(self._ask("get", request["Key"])):
            raise ClientError({"Error": {"Code": code}}, "GetObject")
        return {"Body": Body()}

    def copy_object(self, **request: Any) -> Any:
        raise ClientError({"Error": {"Code": self.refused[self._ask("copy", request["Key"])]}}, "CopyObject")

    def get_paginator(self, _method: str) -> Any:
        rows = [
            {"Key": PREFIX + path, "VersionId": "v", "IsLatest": True, "StorageClass": head["StorageClass"]}
            for path, head in self.heads.items()
            if not isinstance(head, str)
        ]
        return type("Pages", (), {"paginate": staticmethod(lambda **_: iter([{"Versions": rows}]))})

    def _ask(self, how: str, key: str) -> str:
        path = key.removeprefix(PREFIX)
        self.asked.append((how, path))
        return path

    def files(self) -> S3Files:
        pool = ThreadPoolExecutor(1)
        return S3Files(self, AssetsBucket("assets"), pool, Copier(self, AssetsBucket("assets"), pool))


def head(storage_class: str = "STANDARD", **more: str) -> dict[str, str]:
    return {"StorageClass": storage_class, **more}


def entries(*paths: str) -> list[Entry]:
    return [Entry(path, "v", 1, "e" * 32, 0) for path in paths]


def by_kms(key: str, storage_class: str = "STANDARD") -> dict[str, str]:
    return head(storage_class, ServerSideEncryption="aws:kms", SSEKMSKeyId=key)


STATES = [
    (head(), None, None),
    (head("STANDARD_IA"), "STANDARD_IA", None),
    (head("INTELLIGENT_TIERING"), "INTELLIGENT_TIERING", None),
    (head("GLACIER_IR"), "GLACIER_IR", None),
    (head("GLACIER"), None, ARCHIVED),
    (head("DEEP_ARCHIVE"), None, ARCHIVED),
    (head("GLACIER", Restore='ongoing-request="true"'), None, RETURNING),
    (head("GLACIER", Restore='ongoing-request="false", expiry-date="…"'), None, None),
    (head("INTELLIGENT_TIERING", ArchiveStatus="ARCHIVE_ACCESS"), "INTELLIGENT_TIERING", ARCHIVED),
    (
        head("INTELLIGENT_TIERING", ArchiveStatus="DEEP_ARCHIVE_ACCESS", Restore='ongoing-request="true"'),
        "INTELLIGENT_TIERING",
        RETURNING,
    ),
]


@pytest.mark.parametrize(("said", "storage_class", "trouble"), STATES)
@pytest.mark.parametrize("listed", [False, True])
def test_what_is_archived_is_found_unless_it_was_restored(
    said: Any, storage_class: str | None, trouble: str | None, listed: bool
):
    """A listing does not tell all of it; and a copy of what comes back from an archive is to be read."""
    bucket = Bucket(plain=head(), that=said)
    asked = entries("plain", "that")
    found = bucket.files().sources_listed(REF, asked, None) if listed else bucket.files().sources(REF, asked)
    assert found[1] == Source(asked[1], storage_class, trouble)


def test_a_listing_asks_for_what_it_does_not_tell_alone():
    bucket = Bucket(a=head(), b=head(), c=head("GLACIER"), d=head("STANDARD_IA"), e="404")
    found = bucket.files().sources_listed(REF, entries(*"abcde"), None)
    assert [source.trouble for source in found] == [None, None, ARCHIVED, None, GONE]
    assert bucket.asked == [("head", "a"), ("head", "c")]


@pytest.mark.parametrize("code", ["KMS.DisabledException", "KMS.KMSInvalidStateException", "AccessDenied"])
def test_one_file_is_read_for_each_key(code: str):
    bucket = Bucket(a=by_kms("k1"), b=by_kms("k2"), c=by_kms("k1"), d=by_kms("k2"), e=head())
    bucket.refused = {"b": code, "d": code}
    found = bucket.files().sources(REF, entries(*"abcde"))
    why = DENIED if code == "AccessDenied" else NO_KEY
    assert [source.trouble for source in found] == [None, why, None, why, None]
    assert len([path for how, path in bucket.asked if how == "get"]) == 2


def test_where_the_key_of_a_sample_can_not_be_used_all_that_is_listed_is_asked_for():
    bucket = Bucket(a=by_kms("k1"), b=head(), c=by_kms("k1"))
    bucket.refused = {"a": "KMS.DisabledException", "c": "KMS.DisabledException"}
    found = bucket.files().sources_listed(REF, entries(*"abc"), None)
    assert [source.trouble for source in found] == [NO_KEY, None, NO_KEY]


@pytest.mark.parametrize("bare", ["400", "403"])
@pytest.mark.parametrize(
    ("code", "trouble"),
    [("AccessDenied", DENIED), ("KMS.DisabledException", NO_KEY), ("InvalidObjectState", ARCHIVED)],
)
def test_a_bare_refusal_is_asked_for_its_reason(bare: str, code: str, trouble: str):
    bucket = Bucket(a=bare)
    bucket.refused["a"] = code
    assert bucket.files().sources(REF, entries("a")) == [Source(entries("a")[0], None, trouble)]


@pytest.mark.parametrize(("bare", "code"), [("400", "ExpiredToken"), ("403", ""), ("500", ""), ("503", "")])
def test_what_says_nothing_of_the_file_is_an_error(bare: str, code: str):
    bucket = Bucket(a=bare)
    bucket.refused["a"] = code
    with pytest.raises(ClientError):
        bucket.files().sources(REF, entries("a"))


@pytest.mark.parametrize(
    ("code", "trouble"),
    [("AccessDenied", DENIED), ("KMS.DisabledException", NO_KEY), ("ObjectNotInActiveTierError", ARCHIVED)],
)
def test_a_copy_that_is_refused_in_the_middle_names_the_file(code: str, trouble: str):
    bucket = Bucket()
    bucket.refused["a"] = code
    with pytest.raises(Conflict, match=f"'a' could not be copied: {trouble}"):
        bucket.files().copy(REF, [Source(entries("a")[0])])


def test_a_copy_of_which_nobody_knows_the_end_stays_unknown():
    bucket = Bucket()
    late: Any = {"Error": {"Code": "AccessDenied"}, "ResponseMetadata": {"RetryAttempts": 1}}
    bucket.copy_object = lambda **_: (_ for _ in ()).throw(ClientError(late, "CopyObject"))  # type: ignore[method-assign]
    with pytest.raises(IndeterminateWrite):
        bucket.files().copy(REF, [Source(entries("a")[0])])
