"""S3's replies as its REST API gives them, byte for byte, out of the bucket in memory."""

from base64 import b64encode
from datetime import datetime
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape
from zlib import crc32

from botocore.exceptions import ClientError

from bench.aws.s3 import PAGE, FakeS3

SPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
OWNER = "<Owner><ID>75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a</ID></Owner>"
CHECKED = "<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>"
STATUS = {"404": 404, "NoSuchKey": 404, "NoSuchVersion": 404, "MethodNotAllowed": 405}

Given = dict[str, str]


class Asked(NamedTuple):
    """A request; the names of `headers` are in lower case."""

    method: str
    url: str
    headers: Given
    body: bytes


class Answer(NamedTuple):
    status: int
    headers: Given
    body: bytes


def answer(s3: FakeS3, asked: Asked) -> tuple[str, Answer]:
    """The operation that was asked for, and what S3 says."""
    parts = urlsplit(asked.url)
    bucket, key = _place(parts.netloc, unquote(parts.path).lstrip("/"))
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    name = _operation(asked, key, given)
    try:
        return name, _ANSWERS[name](s3, bucket, key, given, asked)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        body = b"" if asked.method == "HEAD" else _xml("Error", f"<Code>{code}</Code>", space=False)
        return name, Answer(STATUS[code], _headers(), body)


def _place(host: str, path: str) -> tuple[str, str]:
    """A bucket stands before the host or first in the path."""
    if not host.startswith("s3."):
        return host.partition(".s3.")[0], path
    bucket, _, key = path.partition("/")
    return bucket, key


def _operation(asked: Asked, key: str, given: Given) -> str:
    if not key and asked.method == "GET":
        return "ListObjectVersions" if "versions" in given else "ListObjectsV2"
    if asked.method == "PUT":
        return "CopyObject" if "x-amz-copy-source" in asked.headers else "PutObject"
    named = {"HEAD": "HeadObject", "GET": "GetObject", "POST": "DeleteObjects"}[asked.method]
    unknown = set(given) & {"attributes", "tagging", "uploads", "uploadId", "acl", "location"}
    if unknown or (named == "DeleteObjects") is not ("delete" in given) or not (key or named[0] == "D"):
        raise LookupError(f"{asked.method} {asked.url} is not known here.")
    return named


def _list_objects(s3: FakeS3, bucket: str, _key: str, given: Given, _asked: Asked) -> Answer:
    asked: dict[str, Any] = {
        "Prefix": given.get("prefix", ""),
        "StartAfter": given.get("start-after", ""),
        "Delimiter": given.get("delimiter", ""),
        "MaxKeys": int(given.get("max-keys", PAGE)),
    }
    if token := given.get("continuation-token"):
        asked["ContinuationToken"] = token
    page = s3.list_objects_v2(Bucket=bucket, **asked)
    rows = page.get("Contents", [])
    head = _head(bucket, given, page, f"<KeyCount>{len(rows)}</KeyCount>")
    if token := page.get("NextContinuationToken"):
        head += f"<NextContinuationToken>{escape(token)}</NextContinuationToken>"
    listed = [f"<Contents>{_row(row)}</Contents>" for row in rows]
    folders = (quote(folder["Prefix"], safe="/") for folder in page.get("CommonPrefixes", []))
    listed += [f"<CommonPrefixes><Prefix>{folder}</Prefix></CommonPrefixes>" for folder in folders]
    return Answer(200, _headers({"Content-Type": "application/xml"}), _xml("ListBucketResult", head, *listed))


def _list_versions(s3: FakeS3, bucket: str, _key: str, given: Given, _asked: Asked) -> Answer:
    page = s3.list_object_versions(
        Prefix=given.get("prefix", ""),
        KeyMarker=given.get("key-marker", ""),
        VersionIdMarker=given.get("version-id-marker", ""),
        MaxKeys=int(given.get("max-keys", PAGE)),
    )
    marks = "".join(
        f"<{name}>{quote(page[name], safe='/')}</{name}>"
        for name in ("NextKeyMarker", "NextVersionIdMarker")
        if name in page
    )
    rows = {kind: iter(page[f"{kind}s"]) for kind in ("Version", "DeleteMarker")}
    listed = (_version(kind, next(rows[kind])) for kind in page["Order"])
    body = _xml("ListVersionsResult", _head(bucket, given, page, marks), *listed)
    return Answer(200, _headers({"Content-Type": "application/xml"}), body)


def _version(kind: str, row: dict[str, Any]) -> str:
    latest = str(row["IsLatest"]).lower()
    told = f"<VersionId>{row['VersionId']}</VersionId><IsLatest>{latest}</IsLatest>"
    return f"<{kind}>{_row(row, told)}{OWNER}</{kind}>"


def _row(row: dict[str, Any], more: str = "") -> str:
    key, modified = quote(row["Key"], safe="/"), _iso(row["LastModified"])
    start = f"<Key>{key}</Key>{more}<LastModified>{modified}</LastModified>"
    if "Size" not in row:
        return start
    etag, size = row["ETag"].strip('"'), row["Size"]
    facts = f"<ETag>&quot;{etag}&quot;</ETag>{CHECKED}<Size>{size}</Size>"
    return f"{start}{facts}<StorageClass>STANDARD</StorageClass>"


def _head(bucket: str, given: Given, page: dict[str, Any], more: str) -> str:
    prefix, truncated = escape(given.get("prefix", "")), str(page["IsTruncated"]).lower()
    return (
        f"<Name>{bucket}</Name><Prefix>{prefix}</Prefix>{more}<MaxKeys>1000</MaxKeys>"
        f"<EncodingType>url</EncodingType><IsTruncated>{truncated}</IsTruncated>"
    )


def _head_object(s3: FakeS3, bucket: str, key: str, given: Given, asked: Asked) -> Answer:
    mode = asked.headers.get("x-amz-checksum-mode", "")
    found = s3.head_object(Bucket=bucket, Key=key, VersionId=given.get("versionId"), ChecksumMode=mode)
    return Answer(200, _facts(found), b"")


def _get_object(s3: FakeS3, bucket: str, key: str, given: Given, asked: Asked) -> Answer:
    found = s3.get_object(Bucket=bucket, Key=key, VersionId=given.get("versionId"))
    whole = found["Body"].read()
    status, body = 200, whole
    headers = _facts(found | {"ContentLength": len(body)})
    if part := asked.headers.get("range"):
        first, _, last = part.removeprefix("bytes=").partition("-")
        body = whole[int(first) : int(last) + 1 if last else None]
        end = int(first) + len(body) - 1
        headers |= {"Content-Length": str(len(body)), "Content-Range": f"bytes {first}-{end}/{len(whole)}"}
        status = 206
    elif asked.headers.get("x-amz-checksum-mode"):
        headers["x-amz-checksum-crc32"] = _crc32(body)
    return Answer(status, headers, body)


def _put_object(s3: FakeS3, bucket: str, key: str, _given: Given, asked: Asked) -> Answer:
    made = s3.put_object(Bucket=bucket, Key=key, Body=_sent(asked))
    return Answer(200, _headers({"ETag": made["ETag"], "Content-Length": "0"}), b"")


def _copy_object(s3: FakeS3, bucket: str, key: str, _given: Given, asked: Asked) -> Answer:
    place, _, version = unquote(asked.headers["x-amz-copy-source"]).partition("?versionId=")
    source_bucket, _, source = place.lstrip("/").partition("/")
    wanted = {"Bucket": source_bucket, "Key": source} | ({"VersionId": version} if version else {})
    made = s3.copy_object(Bucket=bucket, Key=key, CopySource=wanted)
    told = made["CopyObjectResult"]
    rows = f"<LastModified>{_iso(told['LastModified'])}</LastModified><ETag>{escape(told['ETag'])}</ETag>"
    return Answer(200, _headers({"x-amz-version-id": made["VersionId"]}), _xml("CopyObjectResult", rows))


def _delete_objects(s3: FakeS3, bucket: str, _key: str, _given: Given, asked: Asked) -> Answer:
    keys = [{"Key": row.text} for row in fromstring(asked.body).iter(f"{{{SPACE}}}Key")]  # noqa: S314
    s3.delete_objects(Bucket=bucket, Delete={"Objects": keys})
    return Answer(200, _headers(), _xml("DeleteResult"))


_ANSWERS = {
    "ListObjectsV2": _list_objects,
    "ListObjectVersions": _list_versions,
    "HeadObject": _head_object,
    "GetObject": _get_object,
    "PutObject": _put_object,
    "CopyObject": _copy_object,
    "DeleteObjects": _delete_objects,
}


def _sent(asked: Asked) -> bytes:
    """What a client sends in chunks is put together."""
    if "aws-chunked" not in asked.headers.get("content-encoding", ""):
        return asked.body
    whole, rest = b"", asked.body
    while size := int(rest.split(b"\r\n", 1)[0].split(b";")[0], 16):
        rest = rest.split(b"\r\n", 1)[1]
        whole, rest = whole + rest[:size], rest[size + 2 :]
    return whole


def _facts(found: dict[str, Any]) -> Given:
    """Of an object, in headers."""
    names = {
        "x-amz-version-id": "VersionId",
        "ETag": "ETag",
        "x-amz-checksum-crc64nvme": "ChecksumCRC64NVME",
        "x-amz-checksum-type": "ChecksumType",
    }
    told = {header: found[name] for header, name in names.items() if name in found}
    if "LastModified" in found:
        told["Last-Modified"] = format_datetime(found["LastModified"], usegmt=True)
    length = {"Content-Length": str(found["ContentLength"]), "Content-Type": "binary/octet-stream"}
    return _headers({"Accept-Ranges": "bytes", "x-amz-server-side-encryption": "AES256"} | told | length)


def _headers(more: Given | None = None) -> Given:
    usual = {
        "x-amz-id-2": "Xz1m5Qd0yNl8h3F5cYgWQ2k5uT1mJ4kP7o6sQv9aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789A=",
        "x-amz-request-id": "79104EXAMPLEB723",
        "Date": "Thu, 26 Nov 2026 12:00:00 GMT",
        "Server": "AmazonS3",
    }
    return usual | (more or {})


def _crc32(body: bytes) -> str:
    return b64encode(crc32(body).to_bytes(4)).decode()


def _iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"


def _xml(name: str, *rows: str, space: bool = True) -> bytes:
    opened = f'{name} xmlns="{SPACE}"' if space else name
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{opened}>{"".join(rows)}</{name}>'.encode()
