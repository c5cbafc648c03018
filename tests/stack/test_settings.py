"""A stage says where it lives and what it keeps, and a slip in cdk.json is answered by name."""

from typing import Any

import pytest
from aws_cdk import App

from app import build
from infra.settings import check_deployable, read
from infra.stage import Stage

PLAIN: dict[str, Any] = {"logRetentionDays": 14, "keepData": False}
WHOLE: dict[str, Any] = {
    **PLAIN,
    "account": "123456789012",
    "region": "eu-central-1",
    "tags": {"team": "assets"},
    "domain": {
        "name": "assets.example.com",
        "certificateArn": "arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/1234-ab",
        "basePath": "store/v1",
    },
    "corsOrigins": ["https://studio.example.com", "http://localhost:3000"],
    "attach": {
        "table": "restored-table",
        "tableStreamArn": "arn:aws:dynamodb:eu-central-1:123456789012:table/restored-table/stream/2026-01-01",
        "assetsBucket": "old-assets",
        "manifestsBucket": "old-manifests",
        "userPoolId": "eu-central-1_AbC123",
    },
    "assetsPrefix": "studio/files/",
    "apiTokenDays": 30,
    "linkMinutes": 1_440,
    "jobsPerPerson": 5,
    "jobsPerAsset": 2,
    "eventArchiveDays": 7,
    "eventAccounts": ["210987654321"],
    "mail": {
        "sender": "versions@studio.example.com",
        "versionLink": "https://studio.example.com/#/{databaseId}/{assetId}?v={version}",
    },
    "copiesAtOnce": 40,
    "reconcileEveryDays": 7,
    "directWrites": "allowed",
    "vams": {"idTokens": True},
    "console": False,
    "posta": {"imports": True},
}


def _stage(name: str, **context: Any) -> Stage:
    return Stage.of(App(context={"stage": name, **context}).node)


def test_everything_that_a_stage_may_say_is_read() -> None:
    found = read("dev", {"dev": WHOLE})
    assert found.model_dump(by_alias=True, mode="json") == WHOLE


def test_little_has_to_be_said() -> None:
    found = read("dev", {"dev": PLAIN})
    assert (found.account, found.region, found.domain, found.cors_origins) == (None, None, None, ())
    assert found.attach.table is None


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"keepdata": True}, "stages.dev.keepdata: nobody knows this setting"),
        ({"attach": {"tabel": "x"}}, "stages.dev.attach.tabel: nobody knows this setting"),
        ({"keepData": "yes"}, "stages.dev.keepData: "),
        ({"logRetentionDays": 15}, "stages.dev.logRetentionDays: Input should be 7, 14 or 365"),
        (
            {"account": "12345", "region": "eu-west-1"},
            "stages.dev.account: must be the 12 digits of an AWS account.",
        ),
        ({"account": "123456789012"}, "stages.dev: Value error, name both account and region, or neither"),
        ({"corsOrigins": ["https://a.example/"]}, "stages.dev.corsOrigins.0: must be like https://"),
        ({"corsOrigins": ["https://a.example/"]}, "an origin has no path and no slash at its end."),
        ({"corsOrigins": ["https://a.example\n"]}, "stages.dev.corsOrigins.0: "),
        ({"corsOrigins": ["*"]}, "stages.dev.corsOrigins.0: "),
        ({"assetsPrefix": "studio"}, "stages.dev.assetsPrefix: must be a path of letters, digits"),
        ({"assetsPrefix": "/studio/"}, "stages.dev.assetsPrefix: must be a path of letters, digits"),
        ({"directWrites": "none"}, "stages.dev.directWrites: Input should be 'allowed' or 'denied'"),
        (
            {"directWrites": "denied", "attach": {"assetsBucket": "old-assets"}},
            "stages.dev: Value error, directWrites: denied takes a bucket of this stage",
        ),
        ({"mail": {}}, "stages.dev.mail.sender: Field required"),
        ({"mail": {"sender": "studio"}}, "stages.dev.mail.sender: must be an address"),
        ({"mail": {"sender": "Us <us@a.example>"}}, "stages.dev.mail.sender: must be an address"),
        *(
            (
                {"mail": {"sender": "us@a.example", "versionLink": link}},
                "versionLink: must be an https address",
            )
            for link in ("https://a.example/", "http://a.example/{version}", "https://a.example/{version}{x}")
        ),
        ({"domain": {"name": "a.example"}}, "stages.dev.domain.certificateArn: Field required"),
    ],
)
def test_a_slip_is_refused_by_name(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(SystemExit, match=r"cdk\.json, ") as refusal:
        read("dev", {"dev": PLAIN | wrong})
    assert told in str(refusal.value)


def test_a_slip_in_another_stage_is_found_before_the_day_it_is_needed() -> None:
    with pytest.raises(SystemExit, match=r"stages\.prod\.keepdata"):
        read("dev", {"dev": PLAIN, "prod": PLAIN | {"keepdata": True}})


def test_the_name_of_a_stage_fits_into_the_names_of_functions() -> None:
    with pytest.raises(SystemExit, match=r"stages\.My_Stage: must be at most 16 small letters"):
        read("My_Stage", {"My_Stage": PLAIN})


@pytest.mark.parametrize("name", ["produktion", "", None])
def test_a_stage_that_is_not_there_is_answered_with_those_that_are(name: str | None) -> None:
    with pytest.raises(SystemExit, match=r"Say one of STAGE=dev, STAGE=prod, or add one to cdk\.json"):
        read(name, {"dev": PLAIN, "prod": PLAIN, "local": PLAIN})


def test_a_stage_that_names_its_account_goes_nowhere_else() -> None:
    env = _stage("dev", stages={"dev": WHOLE}).env
    assert env is not None
    assert (env.account, env.region) == ("123456789012", "eu-central-1")


def test_what_keeps_data_is_deployed_only_where_cdk_json_says() -> None:
    keeping = {"prod": PLAIN | {"keepData": True}}
    with pytest.raises(SystemExit, match=r'Stage prod keeps data.*"account".*"region"'):
        check_deployable("prod", read("prod", keeping))
    keeping["prod"] |= {"account": "123456789012", "region": "eu-west-1"}
    check_deployable("prod", read("prod", keeping))
    check_deployable("dev", read("dev", {"dev": PLAIN}))


def test_the_stage_of_this_machine_is_not_deployed() -> None:
    with pytest.raises(SystemExit, match="make run"):
        check_deployable("local", read("local", {"local": PLAIN}))


def test_the_cdk_command_line_is_refused_before_anything_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDK_CLI_VERSION", "2.1148.1")
    with pytest.raises(SystemExit, match="Stage prod keeps data"):
        build({"stage": "prod"})


def test_production_is_protected_from_being_deleted(stack: Any) -> None:
    assert stack.termination_protection is True


def test_cdk_nag_is_content(findings: list[str]) -> None:
    assert findings == []
