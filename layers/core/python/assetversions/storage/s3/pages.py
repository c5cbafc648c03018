"""Read the rows of S3's listings: botocore's own parser takes ten times as long for them as all else does."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from botocore.handlers import _handle_200_error

# By the tag of a row, the list that botocore makes of them.
LISTS = {"Contents": "Contents", "Version": "Versions", "DeleteMarker": "DeleteMarkers"}
# What is read of a row; its owner, say, is not.
FIELDS: dict[str, Callable[[str], Any]] = {
    "Key": str,
    "VersionId": str,
    "IsLatest": "true".__eq__,
    "LastModified": datetime.fromisoformat,
    "ETag": str,
    "Size": int,
    "StorageClass": str,
}
OPERATIONS = ("ListObjectsV2", "ListObjectVersions")

Page = dict[str, Any]

# A row as S3 writes it, whose keys are percent-encoded, since botocore asks for that. What is written in any
# other way, or has an entity beside the quotes of an ETag, is for the parser of XML.
_TEXT = r"[ -%'-;=-~]*"
_OWNER = r"<Owner>(?:<ID>[^<]*</ID>|<DisplayName>[^<]*</DisplayName>)*</Owner>"
_CHECKSUM = r"<ChecksumAlgorithm>[^<]*</ChecksumAlgorithm>|<ChecksumType>[^<]*</ChecksumType>"
_PASSED_OVER = rf"(?:{_OWNER}|{_CHECKSUM})*"
_ROW = re.compile(
    r"<(Contents|Version|DeleteMarker)>"
    rf"<Key>({_TEXT})</Key>"
    rf"(?:<VersionId>({_TEXT})</VersionId><IsLatest>(true|false)</IsLatest>)?"
    rf"<LastModified>({_TEXT})</LastModified>"
    rf"(?:<ETag>((?:&quot;)?{_TEXT}(?:&quot;)?)</ETag>{_PASSED_OVER}<Size>(\d+)</Size>)?"
    rf"{_PASSED_OVER}(?:<StorageClass>({_TEXT})</StorageClass>)?{_PASSED_OVER}"
    r"</\1>"
)
_ANY_ROW = re.compile(rf"<(?:{'|'.join(LISTS)})[ />]")


def read_fast(client: Any) -> None:
    """From now on, for this client's pages of listings; all but their rows is botocore's work, as before.

    A page tells the `Order` of its rows, too: S3 mixes object versions and delete markers, newest first, and
    botocore makes two lists of them, whose dates, of whole seconds, do not tell how these go together.
    """
    events = client.meta.events
    # It parses whatever S3 says, to find an error in it; of rows that could be read there is none.
    events.unregister("before-parse.s3.*", _handle_200_error)
    events.register_first("before-parse.s3.*", _look_for_errors, "errors")
    for operation in OPERATIONS:
        events.register(f"before-parse.s3.{operation}", _take_rows, f"rows of {operation}")


def _look_for_errors(operation_model: Any, **answer: Any) -> None:
    if operation_model.name not in OPERATIONS:
        _handle_200_error(operation_model, **answer)


def _take_rows(response_dict: Page, customized_response_dict: Page, **more: Any) -> None:
    """The rows leave the answer's body; what is no XML is for botocore to tell of."""
    if response_dict["status_code"] == 200:
        taken = _taken(response_dict, customized_response_dict)
        _handle_200_error(response_dict=response_dict, **more)
        if not taken:
            _take_parsed(response_dict, customized_response_dict)


def _taken(answer: Page, page: Page) -> bool:
    """Whether all rows are written as S3 does, one behind the other."""
    try:
        text = answer["body"].decode()
    except UnicodeDecodeError:
        return False
    first = _ANY_ROW.search(text)
    if first is None:
        return False
    lists: dict[str, list[Page]] = {name: [] for name in LISTS.values()}
    order: list[str] = []
    at = first.start()
    while row := _ROW.match(text, at):
        at = row.end()
        tag, *facts = row.groups()
        order.append(tag)
        lists[LISTS[tag]].append(_facts(*facts))
    if _ANY_ROW.search(text, at):
        return False
    page |= {name: rows for name, rows in lists.items() if rows} | {"Order": order}
    answer["body"] = (text[: first.start()] + text[at:]).encode()
    return True


def _facts(
    key: str,
    version: str | None,
    latest: str | None,
    modified: str,
    etag: str | None,
    size: str | None,
    storage: str | None,
) -> Page:
    row: Page = {"Key": key, "LastModified": datetime.fromisoformat(modified)}
    if version is not None:
        row["VersionId"], row["IsLatest"] = version, latest == "true"
    if etag is not None and size is not None:
        row["ETag"], row["Size"] = etag.replace("&quot;", '"'), int(size)
    if storage is not None:
        row["StorageClass"] = storage
    return row


def _take_parsed(answer: Page, page: Page) -> None:
    try:
        parsed = fromstring(answer["body"])  # noqa: S314 (S3's own answer, which botocore reads so, too)
    except ParseError:
        return
    space = parsed.tag.partition("}")[0] + "}" if parsed.tag.startswith("{") else ""
    lists = {space + tag: (tag, name) for tag, name in LISTS.items()}
    fields = {space + name: (name, read) for name, read in FIELDS.items()}
    rest, order = Element(parsed.tag), list[str]()
    for child in parsed:
        if (kind := lists.get(child.tag)) is None:
            rest.append(child)
            continue
        tag, name = kind
        order.append(tag)
        page.setdefault(name, []).append(_row(child, fields))
    page["Order"] = order
    answer["body"] = tostring(rest)


def _row(found: Element, fields: dict[str, tuple[str, Callable[[str], Any]]]) -> Page:
    row = {}
    for child in found:
        if (field := fields.get(child.tag)) is not None:
            name, read = field
            row[name] = read(child.text or "")
    return row
