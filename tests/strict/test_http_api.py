"""API Gateway's HTTP APIs: their limits, and what they tell a function of a request."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from local.aws import client
from tests.strict.functions import Api, http_api

ORIGIN = "https://console.example.com"
DOMAIN = "assets.example.com"


@pytest.fixture(scope="module")
def api(engine: str) -> Api:
    return http_api(engine, timeout_ms=2_000)


def test_request_line_and_headers_have_10240_bytes(api: Api):
    assert api("GET", "/things/a", headers={"Long": "x" * 9_000}).status_code == 200
    assert api("GET", "/things/a", headers={"Long": "x" * 10_240}).status_code == 431
    assert api("GET", f"/things/a?long={'x' * 10_240}").status_code == 431


def test_a_body_has_10_mb(api: Api):
    answer = api("PUT", "/things/a", content=b"x" * (10 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.json()) == (413, {"message": "Request Too Long"})


def test_a_function_that_takes_too_long_is_unavailable(api: Api):
    answer = api("PUT", "/things/a", json={"seconds": 3})
    assert (answer.status_code, answer.json()) == (503, {"message": "Service Unavailable"})


def test_a_function_that_fails_tells_nothing_of_its_inside(api: Api):
    answer = api("PUT", "/things/a", json={"fail": "inner detail"})
    assert (answer.status_code, answer.json()) == (500, {"message": "Internal Server Error"})


def test_a_reply_that_lambda_refuses_is_an_error(api: Api):
    """Four million quotation marks are eight million bytes of JSON."""
    assert api("PUT", "/things/a", json={"quotes": 4_000_000}).status_code == 500


def test_a_request_that_lambda_refuses_is_too_long(api: Api):
    """Binary bodies reach a function in Base64: seven million bytes are more than six million."""
    answer = api("PUT", "/things/a", content=b"x" * 5_000_000, headers={"Content-Type": "image/png"})
    assert (answer.status_code, answer.json()) == (413, {"message": "Request Too Long"})


@pytest.fixture(scope="module")
def domain(engine: str, api: Api) -> str:
    """A custom domain that leads to the API under the base path `v1`."""
    gateway = client("apigatewayv2", engine)
    certificate = client("acm", engine).request_certificate(DomainName=DOMAIN)["CertificateArn"]
    configuration = {"CertificateArn": certificate, "EndpointType": "REGIONAL", "SecurityPolicy": "TLS_1_2"}
    gateway.create_domain_name(DomainName=DOMAIN, DomainNameConfigurations=[configuration])
    gateway.create_api_mapping(DomainName=DOMAIN, ApiId=api.api_id, Stage="$default", ApiMappingKey="v1")
    return DOMAIN


def test_a_request_by_a_custom_domain_says_so(api: Api, domain: str):
    event = api.event("/v1/things/a", host=domain)
    assert event["requestContext"]["domainName"] == domain
    assert (event["rawPath"], event["pathParameters"]) == ("/things/a", {"thing": "a"})


def test_the_path_has_the_base_path_where_a_test_asks_for_it(api: Api, domain: str):
    event = api.event("/v1/things/a", host=domain, headers={"x-strict": "mapping-in-path"})
    assert event["rawPath"] == event["requestContext"]["http"]["path"] == "/v1/things/a"


def test_a_decoded_question_mark_cuts_the_path_where_a_test_asks_for_it(api: Api):
    event = api.event("/things/what%3Fnow?a=1", headers={"x-strict": "cut-path"})
    assert (event["rawPath"], event["pathParameters"]) == ("/things/what", {"thing": "what"})


def test_a_function_is_told_the_variables_of_the_stage_that_a_request_came_by(engine: str, api: Api):
    gateway, other = client("apigatewayv2", engine), http_api(engine)
    variables = {"signIn": "https://assets.example.com/v1"}
    gateway.update_stage(ApiId=other.api_id, StageName="$default", StageVariables=variables)
    assert other.event("/things/a")["stageVariables"] == variables
    assert api.event("/things/a").get("stageVariables") is None


@pytest.fixture(scope="module")
def templates_api(engine: str) -> Iterator[Api]:
    """An API whose CORS rules come from a template."""
    cors = {
        "AllowOrigins": [ORIGIN],
        "AllowMethods": ["GET"],
        "AllowHeaders": ["authorization"],
        "MaxAge": 60,
    }
    properties = {"Name": "cors", "ProtocolType": "HTTP", "CorsConfiguration": cors}
    template: dict[str, Any] = {
        "Resources": {"Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": properties}},
        "Outputs": {"Id": {"Value": {"Ref": "Api"}}},
    }
    stacks, name = client("cloudformation", engine), f"stack-{uuid4()}"
    stacks.create_stack(StackName=name, TemplateBody=json.dumps(template))
    stacks.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    [output] = stacks.describe_stacks(StackName=name)["Stacks"][0]["Outputs"]
    yield Api(engine, output["OutputValue"])
    stacks.delete_stack(StackName=name)


def test_an_apis_cors_rules_answer_a_browser(templates_api: Api):
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
    answer = templates_api("OPTIONS", "/things/a", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Access-Control-Allow-Headers"] == "authorization"
    assert answer.headers["Access-Control-Max-Age"] == "60"
