"""Nothing is tied to one partition of AWS: domains and ARNs are others in China and in GovCloud."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aws_cdk.assertions import Template

from infra.bytecode import ROOT

ELSEWHERE_OTHERWISE = ("amazonaws.com", "arn:aws:", "us-east-1")
SOURCES = [path for folder in ("layers", "functions", "infra") for path in (ROOT / folder).rglob("*.py")]


def _texts(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*place, key))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, place)
    elif isinstance(value, str):
        yield place, value


def _is_a_service(place: tuple[str, ...]) -> bool:
    """Services that act for us are called by one name in all partitions."""
    return place[-1] == "Principal" or place[-2:] == ("Principal", "Service")


def test_the_templates_name_no_partition(template: Template) -> None:
    texts = [(place, text) for place, text in _texts(template.to_json()) if not _is_a_service(place)]
    assert len(texts) > 1000
    assert [found for found in texts if any(text in found[1] for text in ELSEWHERE_OTHERWISE)] == []


def test_both_authorizers_know_the_pool_s_partition(template: Template) -> None:
    resources = template.to_json()["Resources"].values()
    (jwt,) = [one["Properties"] for one in resources if one["Properties"].get("AuthorizerType") == "JWT"]
    variables = [
        one["Properties"]["Environment"]["Variables"]
        for one in resources
        if one["Type"] == "AWS::Lambda::Function"
    ]
    (issuer,) = [names["ISSUER"] for names in variables if "ISSUER" in names]
    assert issuer == jwt["JwtConfiguration"]["Issuer"]
    assert {"Ref": "AWS::URLSuffix"} in issuer["Fn::Join"][1]


def test_tokens_are_had_where_govcloud_has_them(templates: dict[str, Any], out: Path) -> None:
    """Cognito's domains are FIPS endpoints there, and those alone."""
    assert templates
    (parent,) = out.glob("AssetVersions-*.template.json")
    made = json.loads(parent.read_text())
    found = made["Outputs"]["TokenUrl"]["Value"]["Fn::Join"][1]
    condition, fips, other = found[0]["Fn::If"]
    assert made["Conditions"][condition] == {"Fn::Equals": [{"Ref": "AWS::Partition"}, "aws-us-gov"]}
    assert ".auth-fips." in json.dumps(fips)
    assert ".auth." in json.dumps(other)
    assert found[1:] == ["/oauth2/token"]


def test_the_sources_name_no_partition() -> None:
    assert [found for path in SOURCES for found in _partitions(path)] == []


def _partitions(path: Path) -> list[str]:
    """Where a module names what is called otherwise elsewhere."""
    tree = ast.parse(path.read_text())
    services = {
        id(argument)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("ServicePrincipal")
        for argument in call.args
    }
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in services
        if any(text in node.value for text in ELSEWHERE_OTHERWISE)
    ]
