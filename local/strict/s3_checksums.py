"""Amazon S3: the checksums that it keeps of objects, asked for or not."""

from collections.abc import Callable
from typing import Any

from awscrt import checksums
from ministack.services import s3

from local.strict.patching import wrap
from local.strict.s3_uploads import Answer, Upload, when_begun, when_completed

DEFAULT = "CRC64NVME"
COMPOSITE, FULL_OBJECT = "COMPOSITE", "FULL_OBJECT"
ALGORITHM, TYPE = "x-amz-checksum-algorithm", "x-amz-checksum-type"


def apply() -> None:
    whole_files_are_summed_fast()
    objects_have_a_checksum()
    uploads_in_parts_have_one_of_the_whole()
    composite_checksums_are_told_apart()
    copies_are_of_one_part()


def whole_files_are_summed_fast() -> None:
    """No rule, but what makes the next two cheap: by itself the emulator takes a second for ten megabytes."""

    def crc(_original: Callable[[bytes], int], body: bytes) -> int:
        return int(checksums.crc64nvme(body))

    wrap(s3, "_crc64nvme", crc)


def objects_have_a_checksum() -> None:
    """What comes without a checksum gets one: CRC64NVME, of the full object.

    S3 User Guide, "Checking object integrity for data uploads".
    """

    def build(
        original: Callable[..., dict[str, Any]],
        body: bytes,
        headers: dict[str, str],
        etag: str | None = None,
        checksums: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        return original(body, headers, etag, checksums or {DEFAULT: s3._compute_s3_checksum(DEFAULT, body)})

    wrap(s3, "_build_object_record", build)


def uploads_in_parts_have_one_of_the_whole() -> None:
    """An upload in parts has a full-object checksum: CRC64NVME where none is named, and always of that name.

    CRC32 and CRC32C give one where the type FULL_OBJECT is asked for; SHA can't, CRC64NVME gives no other.
    S3 User Guide, "Full object and composite checksum types"; the messages are S3's own.
    """

    def note(upload: Upload, headers: dict[str, str]) -> None:
        upload["whole"] = headers.get(TYPE) == FULL_OBJECT

    def total(bucket_name: str, key: str, upload: Upload, headers: dict[str, str]) -> None:
        algorithm = upload.get("checksum_algorithm") or DEFAULT
        if algorithm == DEFAULT or upload["whole"]:
            _sum(bucket_name, key, headers, algorithm)

    def check(original: Callable[..., Answer], bucket_name: str, key: str, headers: dict[str, str]) -> Answer:
        algorithm, kind = headers.get(ALGORITHM, "").lower(), headers.get(TYPE)
        wrong = (kind == FULL_OBJECT and algorithm.startswith("sha")) or (
            kind == COMPOSITE and algorithm == DEFAULT.lower()
        )
        if wrong:
            message = f"The {kind} checksum type cannot be used with the {algorithm} checksum algorithm."
            refused: Answer = s3._error("InvalidRequest", message, 400, f"/{bucket_name}/{key}")
            return refused
        return original(bucket_name, key, headers)

    when_begun(note)
    when_completed(total)
    wrap(s3, "_create_multipart_upload", check)


def composite_checksums_are_told_apart() -> None:
    """A checksum of the parts' checksums is told as COMPOSITE, of an object version by its id, too.

    S3 API Reference, HeadObject (`x-amz-checksum-type`).
    """

    def respond(
        original: Callable[..., dict[str, str]],
        obj: dict[str, Any],
        bucket_name: str = "",
        key: str = "",
        include_checksums: bool = False,
    ) -> dict[str, str]:
        headers = original(obj, bucket_name, key, include_checksums)
        if TYPE in headers and any("-" in value for value in obj["checksums"].values()):
            headers[TYPE] = COMPOSITE
        return headers

    wrap(s3, "_object_response_headers", respond)


def copies_are_of_one_part() -> None:
    """A copy is one part, in how many its source came: ETag and checksum are those of a plain object.

    S3 User Guide, "Checking object integrity" (copies), and API Reference, Object (ETag).
    """

    def copy(
        original: Callable[..., Answer], bucket_name: str, dest_key: str, headers: dict[str, str]
    ) -> Answer:
        status, told, body = original(bucket_name, dest_key, headers)
        if status != 200:
            return status, told, body
        stored = _stored(bucket_name, dest_key, told)
        etag = stored[0]["etag"].strip('"')
        if "-" not in etag:
            return status, told, body
        (algorithm,) = stored[0]["checksums"] or {DEFAULT: ""}
        plain = s3.md5_hash(s3._read_body(bucket_name, dest_key, stored[0]))
        for one in stored:
            one["etag"] = f'"{plain}"'
        _sum(bucket_name, dest_key, told, algorithm)
        return status, told, body.replace(etag.encode(), plain.encode())

    wrap(s3, "_copy_object", copy)


def _sum(bucket_name: str, key: str, told: dict[str, str], algorithm: str) -> None:
    """Give what was just written, as the answer tells it, a checksum of the whole."""
    stored = _stored(bucket_name, key, told)
    value = s3._compute_s3_checksum(algorithm, s3._read_body(bucket_name, key, stored[0]))
    for one in stored:
        one["checksums"], one["checksum_type"] = {algorithm: value}, FULL_OBJECT
    s3._persist_version_state(bucket_name, key, s3._buckets[bucket_name])


def _stored(bucket_name: str, key: str, told: dict[str, str]) -> list[dict[str, Any]]:
    """The object, and its entry among the versions of its key where there are any."""
    newest = s3._buckets[bucket_name]["objects"][key]
    version = told.get("x-amz-version-id")
    versions = s3._object_versions.get((bucket_name, key), [])
    return [newest, *[one for one in versions if version and one["version_id"] == version]]
