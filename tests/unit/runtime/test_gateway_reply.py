"""A reply that is too large for a function goes out packed, to clients that can unpack it."""

import base64
import gzip
import json

import pytest
from assetversions.dialects.common.http import MAX_PLAIN_BYTES, Reply
from assetversions.domain.errors import TooLarge
from assetversions.operations.versions.stream_file import MOST_BYTES
from assetversions.runtime.gateway import gateway_reply

LARGE = Reply(200, {"text": "x" * MAX_PLAIN_BYTES})


def test_a_usual_reply_is_plain() -> None:
    answer = gateway_reply(Reply(200, {"a": "ü"}), {"headers": {"accept-encoding": "gzip"}})
    assert answer["body"] == '{"a":"ü"}'
    assert "isBase64Encoded" not in answer


def test_a_reply_without_a_body_has_no_type() -> None:
    assert "Content-Type" not in gateway_reply(Reply(202), {})["headers"]
    assert gateway_reply(Reply(200, {}), {})["headers"]["Content-Type"] == "application/json"


def test_a_large_reply_is_packed() -> None:
    answer = gateway_reply(LARGE, {"headers": {"accept-encoding": "br, gzip"}})
    assert answer["headers"]["Content-Encoding"] == "gzip"
    assert answer["isBase64Encoded"] is True
    assert json.loads(gzip.decompress(base64.b64decode(answer["body"]))) == LARGE.body


def test_a_client_that_can_not_unpack_is_told() -> None:
    with pytest.raises(TooLarge, match="Accept-Encoding"):
        gateway_reply(LARGE, {"headers": {}})


@pytest.mark.parametrize("wish", ["", "br", "gzip;q=0", "gzip; q=0.0, br", "x-gzip-like"])
def test_nothing_is_packed_for_who_does_not_take_that(wish: str) -> None:
    reply = Reply(200, {"text": "x" * 2_000}, packed_above=1_000)
    assert "isBase64Encoded" not in gateway_reply(reply, {"headers": {"accept-encoding": wish}})
    with pytest.raises(TooLarge, match="Accept-Encoding"):
        gateway_reply(LARGE, {"headers": {"accept-encoding": wish}})


@pytest.mark.parametrize("wish", ["gzip", "br, gzip;q=0.5", "GZIP"])
def test_what_is_larger_than_its_bound_goes_packed_to_who_takes_that(wish: str) -> None:
    small, large = ({"text": "x" * size} for size in (900, 2_000))
    event = {"headers": {"accept-encoding": wish}}
    assert "isBase64Encoded" not in gateway_reply(Reply(200, small, packed_above=1_000), event)
    answer = gateway_reply(Reply(200, large, packed_above=1_000), event)
    assert (answer["isBase64Encoded"], answer["headers"]["Content-Encoding"]) == (True, "gzip")
    assert json.loads(gzip.decompress(base64.b64decode(answer["body"]))) == large


@pytest.mark.parametrize("items", [20_000, 27_000, 27_800, 29_000, 35_000])
def test_whatever_goes_out_fits_what_lambda_hands_on(items: int) -> None:
    """6 MB for the whole answer, in which the body is a text with its quotes escaped."""
    rows = [{"relativePath": f"parts/{index:06d}.glb", "versionId": "x" * 128} for index in range(items)]
    answer = gateway_reply(Reply(200, {"files": rows}), {"headers": {"accept-encoding": "gzip"}})
    assert len(json.dumps(answer, ensure_ascii=False).encode()) < 6 * 1024**2


def test_a_reply_full_of_quotation_marks_fits_too() -> None:
    """Five million bytes, of which two of three are escaped."""
    reply = Reply(200, {"rows": ["a"] * 1_240_000})
    answer = gateway_reply(reply, {"headers": {"accept-encoding": "gzip"}})
    assert len(json.dumps(answer, ensure_ascii=False).encode()) < 6 * 1024**2


def test_bytes_go_out_as_they_are_and_fit() -> None:
    sent = bytes(range(256)) * (MOST_BYTES // 256)
    answer = gateway_reply(Reply(200, sent, {"Content-Type": "image/png"}), {"headers": {}})
    assert (base64.b64decode(answer["body"]), answer["isBase64Encoded"]) == (sent, True)
    assert "Content-Encoding" not in answer["headers"]
    assert len(json.dumps(answer).encode()) < 6 * 1024**2


def test_the_answer_to_a_head_has_no_body() -> None:
    answer = gateway_reply(Reply(404, {"message": "not there"}), {"routeKey": "HEAD /a"})
    assert (answer["statusCode"], answer["body"]) == (404, "")
