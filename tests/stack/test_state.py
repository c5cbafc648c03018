"""What holds state: no rename can replace it, and what exists already can be attached by its name."""

import json
import os
from pathlib import Path
from typing import Any

from tests.stack.conftest import Resources

GOLDEN = Path(__file__).parent / "golden" / "state.json"
HOLDS_STATE = {
    "AWS::Cognito::UserPool",
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::UserPoolGroup",
    "AWS::DynamoDB::Table",
    "AWS::KMS::Key",
    "AWS::S3::Bucket",
}


def test_what_holds_state_keeps_its_id_and_its_policies(templates: dict[str, Resources]) -> None:
    """Another id, or another key, and CloudFormation would make a new one, empty, beside the old."""
    found = {
        key: {
            "Type": one["Type"],
            "DeletionPolicy": one.get("DeletionPolicy"),
            "UpdateReplacePolicy": one.get("UpdateReplacePolicy"),
            **{name: one["Properties"][name] for name in ("KeySchema",) if name in one["Properties"]},
        }
        for key, one in sorted(templates[""].items())
        if one["Type"] in HOLDS_STATE
    }
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(json.dumps(found, indent=2) + "\n")
    assert found == json.loads(GOLDEN.read_text())
    # The console's bucket has what a build makes anew.
    apart = {"", "Console"}
    nested = [one for name, resources in templates.items() if name not in apart for one in resources.values()]
    assert [one["Type"] for one in nested if one["Type"] in HOLDS_STATE] == []


def test_what_is_attached_is_not_made(attached: dict[str, Resources]) -> None:
    kinds = [one["Type"] for one in attached[""].values()]
    assert {"AWS::DynamoDB::Table", "AWS::Cognito::UserPool", "AWS::Cognito::UserPoolGroup"} & set(
        kinds
    ) == set()
    # Where access logs go.
    assert kinds.count("AWS::S3::Bucket") == 1
    assert kinds.count("AWS::Cognito::UserPoolClient") == 3


def test_grants_reach_what_is_attached(attached: dict[str, Resources]) -> None:
    text = json.dumps(attached["Catalog"])
    for place in ("table/restored-table", "old-manifests/*"):
        assert f':{place}"' in text.replace("::old", ":old"), place
    assert "userpool/eu-central-1_AbC123" in json.dumps(attached[""])
    variables = _variables(attached["VersionsWrite"])
    assert {one["TABLE_NAME"] for one in variables} == {"restored-table"}
    assert {one["ASSETS_BUCKET"] for one in variables} == {"old-assets"}
    pools = {one["USER_POOL_ID"] for one in _variables(attached[""]) if "USER_POOL_ID" in one}
    assert pools == {"eu-central-1_AbC123"}


def test_a_domain_leads_to_both_apis_and_every_function_knows_it(attached: dict[str, Resources]) -> None:
    (domain,) = _of(attached[""], "AWS::ApiGatewayV2::DomainName")
    assert domain["DomainName"] == "assets.example.com"
    mapped = {one["ApiId"]["Ref"]: one for one in _of(attached[""], "AWS::ApiGatewayV2::ApiMapping")}
    (tokens,) = [key for key in mapped if key.startswith("TokensApi")]
    assert mapped.pop(tokens)["ApiMappingKey"] == "store/v1/tokens"
    assert [one["ApiMappingKey"] for one in mapped.values()] == ["store/v1"]
    variables = [one.get("StageVariables") for one in _of(attached[""], "AWS::ApiGatewayV2::Stage")]
    address = "https://assets.example.com/store/v1"
    assert {"signIn": address, "address": f"{address}/tokens"} in variables
    for resources in attached.values():
        addresses = {one["API_URL"] for one in _variables(resources)}
        assert addresses <= {"https://assets.example.com/store/v1"}


def test_browsers_of_the_named_origins_alone_may_ask(
    templates: dict[str, Resources], attached: dict[str, Resources]
) -> None:
    cors, of_tokens = (one["CorsConfiguration"] for one in _of(attached[""], "AWS::ApiGatewayV2::Api"))
    assert cors == of_tokens
    assert cors["AllowOrigins"] == ["https://studio.example.com"]
    assert {"Authorization", "X-Api-Key", "Idempotency-Key", "If-Match", "X-User-Id", "Range"} <= set(
        cors["AllowHeaders"]
    )
    assert {"ETag", "Location", "Retry-After", "Content-Range"} <= set(cors["ExposeHeaders"])
    assert "AllowCredentials" not in cors
    for without in _of(templates[""], "AWS::ApiGatewayV2::Api"):
        assert "CorsConfiguration" not in without


def test_browsers_may_put_and_get_files_and_read_the_etag_of_a_part(careful: dict[str, Resources]) -> None:
    bucket, packs = [one for one in _of(careful[""], "AWS::S3::Bucket") if "CorsConfiguration" in one]
    rule, sent_on = bucket["CorsConfiguration"]["CorsRules"]
    assert (rule["AllowedMethods"], rule["ExposedHeaders"]) == (["GET", "PUT", "HEAD"], ["ETag"])
    assert rule["AllowedOrigins"] == ["https://a.example", "https://*.cloudfront.net"]
    # Whom the API has sent on to a link names no origin any more, and only reads.
    assert (sent_on["AllowedMethods"], sent_on["AllowedOrigins"]) == (["GET", "HEAD"], ["null"])
    (small_files,) = packs["CorsConfiguration"]["CorsRules"]
    assert (small_files["AllowedMethods"], small_files["AllowedOrigins"]) == (["PUT"], rule["AllowedOrigins"])


def _of(resources: Resources, kind: str) -> list[dict[str, Any]]:
    return [one["Properties"] for one in resources.values() if one["Type"] == kind]


def _variables(resources: Resources) -> list[dict[str, str]]:
    return [one["Environment"]["Variables"] for one in _of(resources, "AWS::Lambda::Function")]
