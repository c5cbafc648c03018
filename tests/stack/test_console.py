"""The console's pages are public, its bucket is not; they run our own files, and speak to the stage alone."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra import console_files
from infra.console_headers import UNPACKING
from infra.settings import read
from local.console import Console
from tests.stack.conftest import Resources

PLAIN: dict[str, Any] = {"logRetentionDays": 14, "keepData": False}


def all_of(resources: Resources, kind: str) -> dict[str, Any]:
    return {name: each["Properties"] for name, each in resources.items() if each["Type"] == f"AWS::{kind}"}


def one(resources: Resources, kind: str) -> Any:
    (found,) = all_of(resources, kind).values()
    return found


def policies(console: Resources) -> dict[str, Any]:
    """What its files are sent with, by the name of the headers."""
    return {
        name: each["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]["ContentSecurityPolicy"]
        for name, each in all_of(console, "CloudFront::ResponseHeadersPolicy").items()
    }


@pytest.fixture(scope="module")
def console(templates: dict[str, Resources]) -> Resources:
    return templates["Console"]


@pytest.fixture(scope="module")
def behaviors(console: Resources) -> dict[str, Any]:
    """By path, "" for all that has none of its own."""
    found = one(console, "CloudFront::Distribution")["DistributionConfig"]
    return {each["PathPattern"]: each for each in found["CacheBehaviors"]} | {
        "": found["DefaultCacheBehavior"]
    }


def test_its_files_are_read_by_its_own_distribution_alone(console: Resources) -> None:
    statements = one(console, "S3::BucketPolicy")["PolicyDocument"]["Statement"]
    (allowed,) = [each for each in statements if each["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert allowed["Action"] == "s3:GetObject"
    assert "Pages" in json.dumps(allowed["Condition"]["StringEquals"]["AWS:SourceArn"])
    assert one(console, "CloudFront::OriginAccessControl")["OriginAccessControlConfig"][
        "SigningBehavior"
    ] == ("always")


def test_all_else_is_the_api_and_nothing_of_it_is_kept(behaviors: dict[str, Any]) -> None:
    disabled, but_for_the_host = (
        "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    )
    assert set(behaviors) == {"", "/console", "/console/unpack_*", "/console/*"}
    api = behaviors[""]
    assert (api["CachePolicyId"], api["OriginRequestPolicyId"]) == (disabled, but_for_the_host)
    assert set(api["AllowedMethods"]) == {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
    assert "ResponseHeadersPolicyId" not in api
    assert {each["ViewerProtocolPolicy"] for each in behaviors.values()} == {
        "https-only",
        "redirect-to-https",
    }


def test_the_api_s_own_domain_is_its_origin_where_it_has_one(attached: dict[str, Resources]) -> None:
    found = one(attached["Console"], "CloudFront::Distribution")
    (api,) = [each for each in found["DistributionConfig"]["Origins"] if "CustomOriginConfig" in each]
    assert (api["DomainName"], api["OriginPath"]) == ("assets.example.com", "/store/v1")


def test_its_pages_run_our_files_alone_and_speak_to_the_stage_alone(console: Resources) -> None:
    (rules,) = [
        each["ContentSecurityPolicy"]
        for name, each in policies(console).items()
        if not name.startswith("Unpacking")
    ]
    texts = [part for part in rules["Fn::Join"][1] if isinstance(part, str)]
    others = [part for part in rules["Fn::Join"][1] if not isinstance(part, str)]
    whole = "…".join(texts)
    assert "default-src 'none'" in whole
    assert "script-src 'self'; style-src 'self';" in whole
    assert "unsafe" not in whole
    assert "*" not in whole
    # The bucket of the assets, in three places, packs of small files, and the pages where people sign in.
    assert [next(iter(each.values())) for each in others][-1] == "SignInUrl"
    assert len({json.dumps(each) for each in others}) == 3
    assert "/packs/ " in whole


def sent_on_aws(headers: dict[str, Any]) -> dict[str, str]:
    """What one policy of headers says, as a browser gets it."""
    found = headers["ResponseHeadersPolicyConfig"]
    security = found["SecurityHeadersConfig"]
    rules = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    assert all(each["Override"] for each in (*found["CustomHeadersConfig"]["Items"], *security.values()))
    return {
        "Content-Security-Policy": rules if isinstance(rules, str) else filled(rules["Fn::Join"][1]),
        "X-Content-Type-Options": "nosniff" if "ContentTypeOptions" in security else "",
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
    } | {each["Header"]: each["Value"] for each in found["CustomHeadersConfig"]["Items"]}


def filled(parts: list[Any]) -> str:
    """With a name in place of each address that only a deployment knows."""
    others = dict.fromkeys(json.dumps(part) for part in parts if not isinstance(part, str))
    names = dict(zip(others, ("assets", "manifests", "sign-in"), strict=True))
    return "".join(part if isinstance(part, str) else names[json.dumps(part)] for part in parts)


def test_its_files_are_sent_with_just_what_the_gateway_of_one_machine_sends(
    console: Resources, tmp_path: Path
) -> None:
    local = Console("https://assets", "https://manifests/packs/", "sign-in", tmp_path)
    for name, headers in all_of(console, "CloudFront::ResponseHeadersPolicy").items():
        file = f"{UNPACKING if name.startswith('Unpacking') else ''}main.js"
        (tmp_path / file).touch()
        here = dict(local.answer("GET", f"/console/{file}")[1])
        for of_the_file in ("Content-Type", "Content-Length", "Cache-Control"):
            del here[of_the_file]
        assert sent_on_aws(headers) == here


def test_only_scripts_that_unpack_models_may_compile(console: Resources, behaviors: dict[str, Any]) -> None:
    """CloudFront takes the first path that fits."""
    compiling = {
        name
        for name, each in policies(console).items()
        if "unsafe" in json.dumps(each["ContentSecurityPolicy"])
    }
    sent = {path: each.get("ResponseHeadersPolicyId", {}).get("Ref") for path, each in behaviors.items()}
    assert {path for path, name in sent.items() if name in compiling} == {"/console/unpack_*"}
    paths = [path for path in behaviors if path]
    assert paths.index("/console/unpack_*") < paths.index("/console/*")
    assert policies(console)[compiling.pop()]["ContentSecurityPolicy"] == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def test_people_are_led_back_to_it_once_they_have_signed_in(templates: dict[str, Resources]) -> None:
    parent = templates[""]
    (browsers,) = [
        each["Properties"]
        for key, each in parent.items()
        if each["Type"] == "AWS::Cognito::UserPoolClient" and "Browsers" in key
    ]
    *local, own = browsers["CallbackURLs"]
    assert browsers["LogoutURLs"] == browsers["CallbackURLs"]
    assert all(address.startswith("http://localhost:") for address in local)
    assert own["Fn::Join"][1][-1] == "/console/"


def test_the_buckets_answer_its_pages(templates: dict[str, Resources]) -> None:
    (assets, manifests) = [
        next(
            each["Properties"]
            for key, each in templates[""].items()
            if each["Type"] == "AWS::S3::Bucket" and name in key
        )
        for name in ("Assets", "Manifests")
    ]
    rule, sent_on = assets["CorsConfiguration"]["CorsRules"]
    (small_files,) = manifests["CorsConfiguration"]["CorsRules"]
    assert (small_files["AllowedMethods"], small_files["AllowedOrigins"]) == (["PUT"], rule["AllowedOrigins"])
    assert small_files["ExposedHeaders"] == ["ETag"]
    assert rule["AllowedOrigins"] == ["https://*.cloudfront.net"]
    assert rule["ExposedHeaders"] == ["ETag"]
    assert sent_on["AllowedOrigins"] == ["null"]


def test_a_stage_goes_without(narrow: dict[str, Resources]) -> None:
    assert "Console" not in narrow
    assert "CloudFront" not in json.dumps(narrow)


def test_where_there_is_no_cloudfront_that_is_said() -> None:
    there = PLAIN | {"account": "123456789012", "region": "us-gov-west-1"}
    with pytest.raises(SystemExit, match="say console: false"):
        read("gov", {"gov": there})
    assert read("gov", {"gov": there | {"console": False}}).console is False


def test_the_page_is_put_last_and_old_files_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("index.html", "main-ABC.js", "zoo-DEF.css", "pdf.worker-1.mjs")
    for name in names:
        (tmp_path / name).write_text(name)
    with mock_aws():
        s3 = boto3.Session("test", "test", region_name="us-east-1").client("s3")
        s3.create_bucket(Bucket="pages")
        s3.put_object(Bucket="pages", Key="console/main-OLD.js", Body=b"")
        put: list[str] = []
        s3.meta.events.register(
            "before-parameter-build.s3.PutObject", lambda params, **_: put.append(params["Key"])
        )
        console_files.put(s3, "pages", tmp_path)
        assert put[-1] == "console/index.html"
        kept = {
            name: s3.head_object(Bucket="pages", Key=f"console/{name}") for name in (*names, "main-OLD.js")
        }
        assert kept["index.html"]["CacheControl"] == "no-cache"
        assert "immutable" in kept["main-ABC.js"]["CacheControl"]
        scripts = {kept[name]["ContentType"] for name in ("main-ABC.js", "pdf.worker-1.mjs")}
        assert scripts == {"text/javascript"}
        later = datetime.now(UTC) + timedelta(days=31)
        clock = type("Later", (), {"now": staticmethod(lambda _: later)})
        monkeypatch.setattr(console_files, "datetime", clock)
        console_files.put(s3, "pages", tmp_path)
        left = {each["Key"] for each in s3.list_objects_v2(Bucket="pages")["Contents"]}
        assert left == {f"console/{name}" for name in names}
