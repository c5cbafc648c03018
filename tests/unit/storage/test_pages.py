"""Pages of S3's listings are read as botocore reads them, in a fraction of its time."""

from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

import boto3
import pytest
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


def answered(client: Any, operation: str, answer: Answer) -> Any:
    events = client.meta.events
    events.register("before-send.s3", lambda **_: answer, unique_id="answer")
    try:
        return getattr(client, operation)(Bucket="b")
    finally:
        events.unregister("before-send.s3", unique_id="answer")


def row(tag: str, facts: dict[str, str]) -> str:
    facts = facts | {"Key": quote(facts["Key"])}
    inner = "".join(
        f"<{name}>{escape(text, {chr(34): '&quot;'})}</{name}>"
        for name, text in facts.items()
        if name not in NOT_OF.get(tag, set()) | {"kind"}
    )
    return f"<{tag}><Owner><ID>someone</ID></Owner>{inner}</{tag}>"


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


@given(st.lists(ROWS, max_size=6), st.sampled_from([SPACE, ""]), KEYS)
@example([], SPACE, "a")
def test_a_page_of_object_versions_is_what_botocore_makes_of_it(
    rows: list[dict[str, str]], space: str, marker: str
):
    rest = f"<NextKeyMarker>{quote(marker)}</NextKeyMarker><NextVersionIdMarker>v</NextVersionIdMarker>"
    answer = page("ListVersionsResult", "".join(row(one["kind"], one) for one in rows), space, rest)
    fast = answered(FAST, "list_object_versions", answer)
    assert told(fast) == told(answered(PLAIN, "list_object_versions", answer))
    assert fast["Order"] == [one["kind"] for one in rows]


@given(st.lists(ROWS, max_size=6), KEYS)
def test_a_page_of_objects_is_what_botocore_makes_of_it(rows: list[dict[str, str]], prefix: str):
    rest = f"<Prefix>{quote(prefix)}</Prefix><KeyCount>{len(rows)}</KeyCount>"
    answer = page("ListBucketResult", "".join(row("Contents", one) for one in rows), rest=rest)
    fast = answered(FAST, "list_objects_v2", answer)
    assert told(fast) == told(answered(PLAIN, "list_objects_v2", answer))


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
