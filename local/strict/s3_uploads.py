"""Amazon S3: objects that are uploaded in parts, which date from the start of their upload."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from ministack.services import s3

from local.strict.patching import wrap

Answer = tuple[int, dict[str, str], bytes]
Query = dict[str, list[str]]
Upload = dict[str, Any]


def apply() -> None:
    uploads_date_from_their_start()
    uploads_keep_their_tags()


def uploads_date_from_their_start() -> None:
    """The LastModified of an object uploaded in parts is the time at which its upload was initiated.

    So in a versioned bucket it stands before every version and delete marker that began later: the newest
    of overlapping uploads is the one that started last, and a completed one may never become visible.
    S3 User Guide, "Multipart upload overview", and "Concurrent multipart upload operations".
    """

    def date(bucket_name: str, key: str, upload: Upload, _headers: dict[str, str]) -> None:
        _date(bucket_name, key, upload["created"])

    when_completed(date)


def uploads_keep_their_tags() -> None:
    """An upload's tags are named when it is initiated, and are the object's.

    S3 API Reference, CreateMultipartUpload, `x-amz-tagging`.
    """

    def note(upload: Upload, headers: dict[str, str]) -> None:
        upload["tags"] = dict(parse_qsl(headers.get("x-amz-tagging", ""), keep_blank_values=True))

    def keep(bucket_name: str, key: str, upload: Upload, headers: dict[str, str]) -> None:
        if upload["tags"]:
            s3._object_tags[(bucket_name, key, headers.get("x-amz-version-id"))] = upload["tags"]
            s3._persist_version_state(bucket_name, key, s3._buckets[bucket_name])

    when_begun(note)
    when_completed(keep)


def when_begun(note: Callable[[Upload, dict[str, str]], None]) -> None:
    """It sees each new upload, with the headers that it was asked for by."""

    def create(
        original: Callable[..., Answer], bucket_name: str, key: str, headers: dict[str, str]
    ) -> Answer:
        before = set(s3._multipart_uploads)
        answer = original(bucket_name, key, headers)
        for upload_id in set(s3._multipart_uploads) - before:
            note(s3._multipart_uploads[upload_id], headers)
        return answer

    wrap(s3, "_create_multipart_upload", create)


def when_completed(see: Callable[[str, str, Upload, dict[str, str]], None]) -> None:
    """It sees bucket, key and upload of each object that was completed, and the answer's headers."""

    def complete(
        original: Callable[..., Answer],
        bucket_name: str,
        key: str,
        body: bytes,
        query_params: Query,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        upload = s3._multipart_uploads.get(query_params["uploadId"][0])
        answer = original(bucket_name, key, body, query_params, headers)
        if upload is not None and answer[0] == 200:
            see(bucket_name, key, upload, answer[1])
        return answer

    wrap(s3, "_complete_multipart_upload", complete)


def _date(bucket_name: str, key: str, initiated: str) -> None:
    """Give what was just completed its date, and its place among the versions of its key."""
    bucket = s3._buckets[bucket_name]
    completed = bucket["objects"][key]
    completed["last_modified"] = initiated
    if versions := s3._object_versions.get((bucket_name, key)):
        entry = versions.pop()
        entry["last_modified"] = initiated
        later = [one for one in versions if one["last_modified"] > initiated]
        versions.insert(len(versions) - len(later), entry)
        if later and completed.get("version_id"):
            _hide(bucket_name, key, completed, versions)
    s3._persist_version_state(bucket_name, key, bucket)


def _hide(bucket_name: str, key: str, completed: dict[str, Any], versions: list[dict[str, Any]]) -> None:
    """What was the newest before stays the newest, or deleted where that is a delete marker."""
    bucket = s3._buckets[bucket_name]
    s3._persist_displaced_version(bucket_name, key, completed, "Enabled")
    for one in versions:
        one["is_latest"] = one is versions[-1]
    newest = versions[-1]
    if newest.get("is_delete_marker"):
        del bucket["objects"][key]
        return
    shown = s3._object_record_from_version(newest)
    shown["body"] = s3._version_body(bucket, bucket_name, key, newest)
    bucket["objects"][key] = shown
