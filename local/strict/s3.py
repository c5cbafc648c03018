"""Amazon S3: what it refuses, and what it says of objects, beyond what the emulator does."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, unquote

from ministack.services import s3

from local.strict.patching import wrap

Answer = tuple[int, dict[str, str], bytes]
Query = dict[str, list[str]]

ARCHIVED = {"GLACIER", "DEEP_ARCHIVE"}
# The emulator's ids are UUIDs; S3's are opaque, but S3 knows a string that it never gave out.
VERSION_ID = re.compile(r"null|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MILLISECONDS = re.compile(rb"(<LastModified>[^<.]+)\.\d+Z")


def apply() -> None:
    whole_seconds_in_listings()
    malformed_version_ids()
    archived_objects_are_not_copied()
    one_way_to_sign()
    ranges_of_versions()
    tags_of_hidden_versions()


def whole_seconds_in_listings() -> None:
    """A listing's LastModified has whole seconds: the order of ListObjectVersions is the truth, not the time.

    S3 API Reference, ListObjectsV2 and ListObjectVersions (2009-10-12T17:50:30.000Z).
    """

    def list_versions(original: Callable[..., Answer], bucket_name: str, query_params: Query) -> Answer:
        return _in_seconds(original(bucket_name, query_params))

    for name in ("_list_object_versions", "_list_objects_v1", "_list_objects_v2"):
        wrap(s3, name, list_versions)


def malformed_version_ids() -> None:
    """A VersionId that S3 never gave out is 400 InvalidArgument; a well-formed one that is gone is 404.

    S3 User Guide, "Retrieving object versions"; the message is S3's own.
    """

    def dispatch(
        original: Callable[..., Answer],
        method: str,
        bucket: str,
        key: str,
        headers: dict[str, str],
        body: bytes,
        query_params: Query,
    ) -> Answer:
        named = [
            *(query_params.get("versionId", []) if key else []),
            *query_params.get("version-id-marker", []),
            *_source(headers)[2:],
        ]
        if all(one is None or VERSION_ID.fullmatch(one) for one in named):
            return original(method, bucket, key, headers, body, query_params)
        message = "Invalid version id specified"
        refused: Answer = s3._error("InvalidArgument", message, 400, f"/{bucket}/{key}")
        return refused

    wrap(s3, "_dispatch", dispatch)


def archived_objects_are_not_copied() -> None:
    """Objects in Glacier Flexible Retrieval or Deep Archive can't be copied before they are restored.

    S3 User Guide, "Working with archived objects". Copies answer InvalidObjectState as reads do, though the
    reference of CopyObject names ObjectNotInActiveTierError, too.
    """

    def copy(
        original: Callable[..., Answer], bucket_name: str, dest_key: str, headers: dict[str, str]
    ) -> Answer:
        return _refused(headers) or original(bucket_name, dest_key, headers)

    def copy_part(
        original: Callable[..., Answer],
        bucket_name: str,
        dest_key: str,
        query_params: Query,
        headers: dict[str, str],
    ) -> Answer:
        return _refused(headers) or original(bucket_name, dest_key, query_params, headers)

    wrap(s3, "_copy_object", copy)
    wrap(s3, "_upload_part_copy", copy_part)


def one_way_to_sign() -> None:
    """A presigned link that is sent with an Authorization header is refused: 400 InvalidArgument.

    S3 API Reference, error responses, and "Authenticating Requests: Using Query Parameters".
    """

    def verify(
        original: Callable[..., Answer | None],
        method: str,
        path: str,
        headers: dict[str, str],
        query_params: Query,
    ) -> Answer | None:
        if "X-Amz-Signature" in query_params and "authorization" in headers:
            message = (
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, "
                "Signature query string parameter or the Authorization header should be specified"
            )
            refused: Answer = s3._error("InvalidArgument", message, 400, path)
            return refused
        return original(method, path, headers, query_params)

    wrap(s3, "_verify_presigned_sigv4", verify)


def ranges_of_versions() -> None:
    """`Range` and `response-content-…` work for a GET of an object version as for the newest.

    S3 API Reference, GetObject. The emulator sends the whole version, under no other name.
    """

    def get(
        original: Callable[..., Answer],
        bucket_name: str,
        key: str,
        headers: dict[str, str],
        query_params: Query,
    ) -> Answer:
        status, found, body = original(bucket_name, key, headers, query_params)
        if status != 200 or "versionId" not in query_params:
            return status, found, body
        s3._apply_response_overrides(found, query_params)
        if "range" not in headers:
            return status, found, body
        return _part(bucket_name, key, headers["range"], found, body)

    wrap(s3, "_get_object", get)


def tags_of_hidden_versions() -> None:
    """The tags of an object version can be read while a delete marker hides its key.

    S3 API Reference, GetObjectTagging.
    """

    def tags(
        original: Callable[..., Answer], bucket_name: str, key: str, query_params: Query | None = None
    ) -> Answer:
        objects = s3._buckets[bucket_name]["objects"] if bucket_name in s3._buckets else {}
        versions = s3._object_versions.get((bucket_name, key), [])
        wanted = (query_params or {}).get("versionId", [])
        there = any([one["version_id"]] == wanted and not one.get("is_delete_marker") for one in versions)
        if key in objects or not there:
            return original(bucket_name, key, query_params)
        objects[key] = {}  # the emulator looks no further than whether the key is there
        try:
            return original(bucket_name, key, query_params)
        finally:
            del objects[key]

    wrap(s3, "_get_object_tagging", tags)


def _in_seconds(answer: Answer) -> Answer:
    status, headers, body = answer
    return status, headers, MILLISECONDS.sub(rb"\1.000Z", body)


def _source(headers: dict[str, str]) -> tuple[str, str, str | None]:
    """Bucket, key and version of what a copy reads; empty where the request is no copy."""
    path, _, query = headers.get("x-amz-copy-source", "").lstrip("/").partition("?")
    bucket, _, key = unquote(path).partition("/")
    return bucket, key, parse_qs(query, keep_blank_values=True).get("versionId", [None])[0]


def _refused(headers: dict[str, str]) -> Answer | None:
    """InvalidObjectState where the source is archived and no restore of it has landed."""
    bucket_name, key, version_id = _source(headers)
    bucket = s3._ensure_bucket(bucket_name)
    current = bucket["objects"].get(key) if bucket else None
    versions = s3._object_versions.get((bucket_name, key), [])
    found = next((one for one in versions if one["version_id"] == version_id), current)
    if found is None or found.get("storage_class") not in ARCHIVED:
        return None
    is_current = current is not None and version_id in (None, current.get("version_id"))
    if is_current and s3._sync_restore(bucket_name, key, current) == "restored":
        return None
    refusal: Answer = s3._invalid_object_state(bucket_name, key, found["storage_class"])
    return refusal


def _part(bucket: str, key: str, wanted: str, headers: dict[str, str], body: bytes) -> Answer:
    total = len(body)
    found = s3._parse_range(wanted, total)
    if found is None:
        answer = {"Content-Type": "application/xml", "Content-Range": f"bytes */{total}"}
        return 416, answer, s3._xml_body(s3._range_error_xml(bucket, key))
    start, end = found
    # A checksum is of the whole object.
    kept = {name: value for name, value in headers.items() if not name.startswith("x-amz-checksum-")}
    piece = body[start : end + 1]
    return (
        206,
        kept | {"Content-Length": str(len(piece)), "Content-Range": f"bytes {start}-{end}/{total}"},
        piece,
    )
