"""Two APIs with the same routes: for those who sign in, by API Gateway's authorizer; for API tokens alone."""

import json
from typing import Any

from assetversions.dialects import ROUTES
from aws_cdk.assertions import Template

from tests.stack.conftest import Resources

USERS, TOKENS, TOKENS_OWN = "ApiHttp", "TokensApiHttp", "TokensApiTokens"
OPEN = {route.key for route in ROUTES if route.open} | {"$default"}


def of(template: Template, kind: str, api: str) -> list[dict[str, Any]]:
    """What of this kind belongs to one of the APIs: nested stacks have its id as a parameter."""
    found = [one["Properties"] for one in template.find_resources(f"AWS::ApiGatewayV2::{kind}").values()]
    return [one for one in found if (TOKENS in json.dumps(one["ApiId"])) == (api == TOKENS)]


def test_on_the_first_api_cognito_s_tokens_are_checked_by_api_gateway_itself(template: Template) -> None:
    found = {route["RouteKey"]: route["AuthorizationType"] for route in of(template, "Route", USERS)}
    kinds = {route.key: "CUSTOM" if route.lambda_authorizer else "JWT" for route in ROUTES}
    assert found == kinds | dict.fromkeys(OPEN, "NONE")
    assert len(of(template, "Route", USERS)) == len(ROUTES) + 1


def test_on_the_second_api_each_route_is_behind_our_own_authorizer(template: Template) -> None:
    found = {route["RouteKey"]: route["AuthorizationType"] for route in of(template, "Route", TOKENS)}
    assert found == dict.fromkeys((route.key for route in ROUTES), "CUSTOM") | dict.fromkeys(OPEN, "NONE")
    assert len(of(template, "Route", TOKENS)) == len(ROUTES) + 1


def test_what_needs_no_credential_is_known(template: Template) -> None:
    assert {key.split()[1] for key in OPEN - {"$default"}} == {
        "/api/version",
        "/api/amplify-config",
        "/unsubscribe",
        "/openapi.json",
        "/openapi/{document}",
        "/asyncapi.json",
        "/docs",
        "/docs/{file}",
    }


def test_a_route_leads_to_the_same_function_on_both(templates: dict[str, Resources]) -> None:
    leads: dict[str, set[str]] = {}
    for resources in templates.values():
        for one in resources.values():
            if one["Type"] == "AWS::ApiGatewayV2::Route":
                (target,) = (part["Ref"] for part in one["Properties"]["Target"]["Fn::Join"][1][1:])
                function = json.dumps(resources[target]["Properties"]["IntegrationUri"])
                leads.setdefault(one["Properties"]["RouteKey"], set()).add(function)
    assert {len(functions) for functions in leads.values()} == {1}


def test_the_first_api_s_authorizer_is_cognito_s_and_stays_what_it_is(
    templates: dict[str, Resources],
) -> None:
    """Under another id CloudFormation would make a new one, and every client would be out meanwhile."""
    found = templates[""]["ApiUsers862F2BE7"]
    clients = [key for key, one in templates[""].items() if one["Type"] == "AWS::Cognito::UserPoolClient"]
    region, pool = {"Ref": "AWS::Region"}, {"Ref": "IdentityPool9E5AED46"}
    suffix = {"Ref": "AWS::URLSuffix"}
    issuer = ["https://cognito-idp.", region, ".", suffix, "/", pool]
    assert found["Properties"] == {
        "ApiId": {"Ref": "ApiHttp17514DA7"},
        "AuthorizerType": "JWT",
        "IdentitySource": ["$request.header.Authorization"],
        "JwtConfiguration": {
            "Audience": [{"Ref": client} for client in clients],
            "Issuer": {"Fn::Join": ["", issuer]},
        },
        "Name": "Users",
    }


def test_our_own_authorizers_keep_no_answer(template: Template) -> None:
    for api in (USERS, TOKENS):
        (own,) = [one for one in of(template, "Authorizer", api) if one["AuthorizerType"] == "REQUEST"]
        assert (own["AuthorizerResultTtlInSeconds"], own["IdentitySource"]) == (0, [])
    assert len(of(template, "Authorizer", TOKENS)) == 1


def test_each_route_asks_the_authorizer_of_its_own_api(template: Template) -> None:
    for api, own, other in ((USERS, "ApiTokens", TOKENS_OWN), (TOKENS, TOKENS_OWN, "ApiUsers")):
        routes = [one for one in of(template, "Route", api) if one["AuthorizationType"] == "CUSTOM"]
        asked = {json.dumps(route["AuthorizerId"]) for route in routes}
        assert asked
        assert all(own in one and other not in one for one in asked)


def test_a_route_behind_our_own_authorizer_takes_less(template: Template) -> None:
    """Nobody pays for its function before it was asked."""
    (users,), (tokens,) = (of(template, "Stage", api) for api in (USERS, TOKENS))
    common = users["DefaultRouteSettings"]["ThrottlingRateLimit"]
    assert set(users["RouteSettings"]) == {route.key for route in ROUTES if route.lambda_authorizer}
    assert all(one["ThrottlingRateLimit"] < common for one in users["RouteSettings"].values())
    assert tokens["DefaultRouteSettings"] in users["RouteSettings"].values()
    assert "RouteSettings" not in tokens


def test_the_access_log_names_the_person_behind_either_authorizer(template: Template) -> None:
    (users,), (tokens,) = (of(template, "Stage", api) for api in (USERS, TOKENS))
    said = json.loads(users["AccessLogSettings"]["Format"])
    assert said["user"] == "$context.authorizer.claims.sub"
    assert said["person"] == "$context.authorizer.person"
    assert tokens["AccessLogSettings"] == users["AccessLogSettings"]


def test_the_second_api_knows_where_the_first_one_is_and_the_first_one_is_told_nothing(
    template: Template,
) -> None:
    (users,), (tokens,) = (of(template, "Stage", api) for api in (USERS, TOKENS))
    assert "StageVariables" not in users
    assert tokens["StageVariables"] == {"signIn": {"Fn::GetAtt": ["ApiHttp17514DA7", "ApiEndpoint"]}}


def test_the_authorizer_trusts_our_pool_and_our_clients_only(template: Template) -> None:
    found = {item["AuthorizerType"]: item for item in of(template, "Authorizer", USERS)}
    clients = template.find_resources("AWS::Cognito::UserPoolClient")
    audience = found["JWT"]["JwtConfiguration"]["Audience"]
    assert [item["Ref"] for item in audience] == list(clients)
    (own,) = [
        one["Properties"]["Environment"]["Variables"]
        for one in template.find_resources("AWS::Lambda::Function").values()
        if "CLIENT_IDS" in one["Properties"].get("Environment", {}).get("Variables", {})
    ]
    trusted = own["CLIENT_IDS"]["Fn::Join"][1]
    assert [item["Ref"] for item in trusted if item != " "] == list(clients)
