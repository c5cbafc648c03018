"""Rules of AWS that the emulator keeps by itself: a newer emulator must not lose one unseen."""

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest

from local.aws import client
from tests.strict.answers import link, refusal
from tests.strict.functions import Api, http_api
from tests.strict.test_s3_events import KEY, queue, received

__all__ = ["queue"]

ORIGIN = "https://console.example.com"
GONE = "00000000-0000-4000-8000-000000000000"


def test_a_read_of_a_delete_marker_is_not_allowed(s3: Any, bucket: str):
    s3.put_object(Bucket=bucket, Key="key")
    marker = s3.delete_object(Bucket=bucket, Key="key")["VersionId"]
    for call in (s3.head_object, s3.get_object):
        assert refusal(call, Bucket=bucket, Key="key", VersionId=marker)[0] == 405


def test_a_read_of_an_object_version_that_is_gone_finds_nothing(s3: Any, bucket: str):
    s3.put_object(Bucket=bucket, Key="key")
    for call in (s3.head_object, s3.get_object):
        assert refusal(call, Bucket=bucket, Key="key", VersionId=GONE)[0] == 404


def test_an_archived_object_answers_head_and_is_not_read(s3: Any, bucket: str):
    version = s3.put_object(Bucket=bucket, Key="key", StorageClass="GLACIER")["VersionId"]
    assert s3.head_object(Bucket=bucket, Key="key")["StorageClass"] == "GLACIER"
    refused = (403, "InvalidObjectState")
    assert refusal(s3.get_object, Bucket=bucket, Key="key") == refused
    assert refusal(s3.get_object, Bucket=bucket, Key="key", VersionId=version) == refused


def test_versions_are_listed_from_any_key_on_newest_first(s3: Any, bucket: str):
    ids = [s3.put_object(Bucket=bucket, Key="b")["VersionId"] for _ in range(3)]
    found = s3.list_object_versions(Bucket=bucket, KeyMarker="a, which is no key")
    assert [row["VersionId"] for row in found["Versions"]] == ids[::-1]


def test_a_copy_keeps_the_tags_unless_it_names_others(s3: Any, bucket: str):
    s3.put_object(Bucket=bucket, Key="key", Tagging="a=1")
    source = {"Bucket": bucket, "Key": "key"}
    s3.copy_object(Bucket=bucket, Key="kept", CopySource=source)
    s3.copy_object(Bucket=bucket, Key="new", CopySource=source, TaggingDirective="REPLACE", Tagging="b=2")
    tags = [s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"] for key in ("kept", "new")]
    assert tags == [[{"Key": "a", "Value": "1"}], [{"Key": "b", "Value": "2"}]]


@pytest.fixture
def url(s3: Any, engine: str, bucket: str) -> str:
    s3.put_object(Bucket=bucket, Key="key", Body=b"0123")
    return link(engine, "get_object", Bucket=bucket, Key="key")


def test_a_range_of_the_newest_is_a_part_of_it(url: str):
    answer = httpx.get(url, headers={"Range": "bytes=1-2"})
    assert (answer.status_code, answer.content) == (206, b"12")


def test_a_browser_gets_nothing_from_a_bucket_without_rules(url: str):
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
    assert httpx.options(url, headers=asked).status_code == 403
    assert not allowed(httpx.get(url, headers={"Origin": ORIGIN}))


@pytest.mark.parametrize("exposed", [[], ["ETag"]], ids=["nothing exposed", "ETag exposed"])
def test_a_browser_gets_what_the_rules_allow_and_the_headers_they_expose(
    s3: Any, bucket: str, url: str, exposed: list[str]
):
    rule = {"AllowedOrigins": [ORIGIN], "AllowedMethods": ["GET"], "ExposeHeaders": exposed}
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule]})
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
    for answer in (httpx.options(url, headers=asked), httpx.get(url, headers={"Origin": ORIGIN})):
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert answer.headers.get("Access-Control-Expose-Headers") == (exposed[0] if exposed else None)
    assert httpx.options(url, headers=asked | {"Origin": "https://other"}).status_code == 403
    assert httpx.options(url, headers=asked | {"Access-Control-Request-Method": "PUT"}).status_code == 403


def allowed(answer: httpx.Response) -> list[str]:
    return [name for name in answer.headers if name.startswith("access-control-")]


def test_an_event_on_eventbridge_has_the_key_as_it_is_and_a_sequencer(
    engine: str, s3: Any, bucket: str, queue: str
):
    sequencers = []
    for _ in range(2):
        s3.put_object(Bucket=bucket, Key=KEY, Body=b"x")
        found = received(engine, queue)["detail"]["object"]
        assert found["key"] == KEY
        sequencers.append(found["sequencer"])
    assert sequencers[0] < sequencers[1]


def test_an_event_straight_to_a_queue_has_the_key_url_encoded(engine: str, s3: Any, bucket: str):
    sqs, name = client("sqs", engine), f"q-{uuid4()}"
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    allow = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": arn}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    queues = {"QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]}
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=queues)
    assert received(engine, url)["Event"] == "s3:TestEvent"
    s3.put_object(Bucket=bucket, Key=KEY, Body=b"x")
    [record] = received(engine, url)["Records"]
    assert record["s3"]["object"]["key"] == "a+folder/%C3%A9%2B%C3%9F.txt"


@pytest.fixture(scope="module")
def api(engine: str) -> Api:
    rules = {"AllowOrigins": [ORIGIN], "AllowMethods": ["GET"], "ExposeHeaders": ["etag"]}
    return http_api(engine, CorsConfiguration=rules)


def test_a_function_is_told_parameters_decoded_and_repeated_ones_in_one(api: Api):
    event = api.event("/things/a%20%C3%A9%3F%2B?tag=a&tag=b&other=c%20d")
    assert event["pathParameters"] == {"thing": "a é?+"}
    assert event["queryStringParameters"] == {"tag": "a,b", "other": "c d"}
    assert event["rawQueryString"] == "tag=a&tag=b&other=c%20d"


def test_an_api_answers_browsers_of_its_origins_alone(api: Api):
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
    answer = api("OPTIONS", "/things/a", headers=asked)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (204, ORIGIN)
    assert not allowed(api("OPTIONS", "/things/a", headers=asked | {"Origin": "https://other"}))
    assert api("GET", "/things/a", headers=asked).headers["Access-Control-Expose-Headers"] == "etag"


def test_an_api_without_cors_rules_refuses_a_browser(engine: str):
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
    answer = http_api(engine)("OPTIONS", "/things/a", headers=asked)
    assert (answer.status_code in (403, 404), allowed(answer)) == (True, [])
