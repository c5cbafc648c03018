"""Pages of S3's listings are read as botocore reads them, in a fraction of its time."""

from typing import Any
from unittest.mock import patch
from urllib.parse import quote
from xml.sax.saxutils import escape

import boto3
import pytest
from assetversions.storage.s3 import pages
from assetversions.storage.s3.pages import FIELDS, read_fast
from botocore import UNSIGNED
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import example, given
from hypothesis import strategies as st

SPACE = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
NOT_OF = {"DeleteMarker": {"ETag", "Size", "StorageClass"}, "Contents": {"VersionId", "IsLatest"}}
KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
ROWS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["Version", "DeleteMarker"]),
        "Key": KEYS,
        "VersionId": st.sampled_from(["null", "v1.x_y-z", "3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRCxf3vjV"]),
        "IsLatest": st.sampled_from(["true", "false"]),
        "LastModified": st.datetimes().map(lambda at: at.isoformat(timespec="milliseconds") + "Z"),
        "ETag": st.sampled_from(['"d41d8cd98f00b204e9800998ecf8427e"', '"abc-12"', ""]),
        "Size": st.integers(0, 5 * 1024**4).map(str),
        "StorageClass": st.sampled_from(["STANDARD", "GLACIER"]),
    }
)


class Answer(AWSResponse):
    """What S3 sends, without S3."""

    def __init__(self, body: str, status: int = 200) -> None:
        super().__init__("https://s3.amazonaws.com/b", status, {}, None)
        self._content = body.encode()


def _client() -> Any:
    config = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1})
    return boto3.client("s3", region_name="eu-west-1", config=config)


FAST, PLAIN = _client(), _client()
read_fast(FAST)


def answered(client: Any, operation: str, answer: Answer, **how: str) -> Any:
    events = client.meta.events
    events.register("before-send.s3", lambda **_: answer, unique_id="answer")
    try:
        return getattr(client, operation)(Bucket="b", **how)
    finally:
        events.unregister("before-send.s3", unique_id="answer")


def row(tag: str, facts: dict[str, str], *, as_s3_does: bool = False) -> str:
    """With its owner at the end, as S3 writes it, or where nobody expects one."""
    facts = facts | {"Key": quote(facts["Key"])}
    if as_s3_does:
        facts = {name: facts[name] for name in FIELDS if name in facts}
    inner = "".join(
        f"<{name}>{escape(text, {chr(34): '&quot;'})}</{name}>"
        for name, text in facts.items()
        if name not in NOT_OF.get(tag, set()) | {"kind"}
    )
    owner = "<Owner><ID>someone</ID><DisplayName>A &amp; B</DisplayName></Owner>"
    if as_s3_does:
        checksums = "<ChecksumAlgorithm>CRC32</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>"
        return f"<{tag}>{inner.replace('<Size>', f'{checksums}<Size>')}{owner}</{tag}>"
    return f"<{tag}>{owner}{inner}</{tag}>"


def page(root: str, rows: str, space: str = SPACE, rest: str = "") -> Answer:
    facts = f"<Name>b</Name><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>{rest}"
    return Answer(f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}{space}>{facts}{rows}</{root}>')


def told(reply: dict[str, Any]) -> dict[str, Any]:
    """Without what nobody reads: the owner, and the order that botocore loses."""
    lists = ("Contents", "Versions", "DeleteMarkers")
    kept = {name: value for name, value in reply.items() if name not in (*lists, "Order")}
    rows = {
        name: [{field: one[field] for field in FIELDS if field in one} for one in reply[name]]
        for name in lists
        if name in reply
    }
    return kept | rows


@given(st.lists(ROWS, max_size=6), st.sampled_from([SPACE, ""]), KEYS, st.lists(st.booleans(), min_size=6))
@example([], SPACE, "a", [True] * 6)
def test_a_page_of_object_versions_is_what_botocore_makes_of_it(
    rows: list[dict[str, str]], space: str, marker: str, as_s3_does: list[bool]
):
    rest = f"<NextKeyMarker>{quote(marker)}</NextKeyMarker><NextVersionIdMarker>v</NextVersionIdMarker>"
    written = [row(one["kind"], one, as_s3_does=how) for one, how in zip(rows, as_s3_does, strict=False)]
    answer = page("ListVersionsResult", "".join(written), space, rest)
    fast = answered(FAST, "list_object_versions", answer)
    assert told(fast) == told(answered(PLAIN, "list_object_versions", answer))
    assert fast["Order"] == [one["kind"] for one in rows]


@given(st.lists(ROWS, max_size=6), KEYS, st.booleans())
def test_a_page_of_objects_is_what_botocore_makes_of_it(
    rows: list[dict[str, str]], prefix: str, as_s3_does: bool
):
    rest = f"<Prefix>{quote(prefix)}</Prefix><KeyCount>{len(rows)}</KeyCount>"
    written = "".join(row("Contents", one, as_s3_does=as_s3_does) for one in rows)
    answer = page("ListBucketResult", written, rest=rest)
    fast = answered(FAST, "list_objects_v2", answer)
    assert told(fast) == told(answered(PLAIN, "list_objects_v2", answer))


@given(st.lists(ROWS, min_size=1, max_size=6))
def test_no_parser_of_xml_is_asked_for_rows_that_are_written_as_s3_does(rows: list[dict[str, str]]):
    written = "".join(row(one["kind"], one, as_s3_does=True) for one in rows)
    with patch.object(pages, "fromstring", side_effect=AssertionError):
        answered(FAST, "list_object_versions", page("ListVersionsResult", written))


@pytest.mark.parametrize(
    "odd",
    [
        "<Key>&#x61;</Key><LastModified>2026-03-15T10:30:00.000Z</LastModified>",
        "<Key>a&amp;b</Key><LastModified>2026-03-15T10:30:00.000Z</LastModified>",
        "<Key><![CDATA[a]]></Key><LastModified>2026-03-15T10:30:00.000Z</LastModified>",
        "<Key>a</Key><!-- a word --><LastModified>2026-03-15T10:30:00.000Z</LastModified>",
        "<Key>a</Key>\n<LastModified>2026-03-15T10:30:00.000Z</LastModified>",
        "<LastModified>2026-03-15T10:30:00.000Z</LastModified><Key>a</Key>",
        "<Key>grün</Key><LastModified>2026-03-15T10:30:00.000Z</LastModified><New>1</New>",
    ],
)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_row_that_is_written_otherwise_is_read_all_the_same(odd: str, at: int):
    usual = {"Key": "k", "LastModified": "2026-03-15T10:30:00.000Z", "ETag": '"e"', "Size": "1"}
    rows = [row("Contents", usual, as_s3_does=True)] * 2
    rows.insert(at, f"<Contents>{odd}</Contents>")
    answer = page("ListBucketResult", "".join(rows))
    fast = answered(FAST, "list_objects_v2", answer)
    assert told(fast) == told(answered(PLAIN, "list_objects_v2", answer))
    assert len(fast["Contents"]) == 3


@pytest.mark.parametrize("operation", ["list_objects_v2", "copy_object"])
def test_an_error_within_a_success_is_one(operation: str):
    """Of listings and of all else that S3 may tell so."""
    body = "<Error><Code>InternalError</Code><Message>No</Message></Error>"
    how = {"Key": "k", "CopySource": "b/k"} if operation == "copy_object" else {}
    for client in (FAST, PLAIN):
        with pytest.raises(ClientError) as raised:
            answered(client, operation, Answer(body), **how)
        assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500


def test_an_error_is_the_one_that_s3_tells():
    body = "<Error><Code>NoSuchBucket</Code><Message>No</Message></Error>"
    with pytest.raises(ClientError) as raised:
        answered(FAST, "list_objects_v2", Answer(body, 404))
    assert raised.value.response["Error"]["Code"] == "NoSuchBucket"


def test_an_answer_that_was_cut_off_is_an_error_as_before():
    """botocore takes it for a failure of S3, and so tries again."""
    whole = page("ListBucketResult", row("Contents", {"Key": "a", "Size": "1"}))
    cut = Answer(whole.content.decode()[:-30])
    for client in (FAST, PLAIN):
        with pytest.raises(ClientError) as raised:
            answered(client, "list_objects_v2", cut)
        assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
