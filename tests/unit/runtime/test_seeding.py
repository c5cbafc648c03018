"""The starter rules: there after every deployment, and CloudFormation is always answered."""

import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import boto3
import pytest
from assetversions.runtime import seeding, wiring
from assetversions.storage.dynamodb import keys, policy_snapshot

from tests.support.aws import STARTER_RULES, moto_aws

EVENT = {
    "StackId": "stack",
    "RequestId": "request",
    "LogicalResourceId": "Starter",
    "ResponseURL": "https://s3/x",
}


class Answers:
    """CloudFormation, listening at its presigned URL."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, request: Any, timeout: float) -> Any:
        assert (request.full_url, request.get_method()) == (EVENT["ResponseURL"], "PUT")
        assert request.get_header("Content-type") == "", "the URL is signed for an empty type"
        self.bodies.append(json.loads(request.data))
        return open("/dev/null", "rb")  # noqa: PTH123 (something to close)


@pytest.fixture
def answers() -> Iterator[Answers]:
    answers = Answers()
    with moto_aws(), patch("urllib.request.urlopen", answers):
        yield answers


def rules() -> dict[str, Any]:
    return {rule["rule_id"]: rule for rule in policy_snapshot.load(wiring.table())[0]}


def deploy(kind: str) -> None:
    seeding.handler({"RequestType": kind, **EVENT}, None)


@pytest.mark.parametrize("kind", ["Create", "Update"])
def test_a_deployment_leaves_the_starter_rules_and_roles_behind(answers: Answers, kind: str):
    deploy(kind)
    assert set(rules()) == {rule["rule_id"] for rule in STARTER_RULES}
    assert {role.name for role in wiring.policies().roles(None)} == {"admin", "editor", "viewer"}
    (answer,) = answers.bodies
    assert (answer["Status"], answer["RequestId"], answer["StackId"]) == ("SUCCESS", "request", "stack")


def test_a_starter_role_counts_in_a_usual_sign_in(answers: Answers):
    deploy("Create")
    assert policy_snapshot.load(wiring.table())[1] == []


def test_an_update_adds_what_is_missing_and_changes_nothing_else(answers: Answers):
    deploy("Create")
    table = boto3.resource("dynamodb").Table("table")
    changed = rules()["viewer-api"] | {"effect": "deny"}
    table.put_item(Item={**keys.rule("viewer-api"), "rule": changed})
    table.delete_item(Key=keys.rule("editor-api"))
    deploy("Update")
    assert rules()["viewer-api"]["effect"] == "deny"
    assert "editor-api" in rules()


def test_a_stack_that_goes_seeds_nothing_and_is_answered(answers: Answers):
    deploy("Delete")
    assert rules() == {}
    assert [answer["Status"] for answer in answers.bodies] == ["SUCCESS"]


def test_a_seeding_that_fails_is_told_at_once(answers: Answers):
    with patch.object(policy_snapshot, "add_missing", side_effect=RuntimeError), pytest.raises(RuntimeError):
        deploy("Create")
    (answer,) = answers.bodies
    assert (answer["Status"], "log" in answer["Reason"]) == ("FAILED", True)


def test_the_resource_keeps_the_name_it_has(answers: Answers):
    """Another name would have CloudFormation delete the one before."""
    deploy("Create")
    seeding.handler({"RequestType": "Update", **EVENT, "PhysicalResourceId": "mine"}, None)
    assert [answer["PhysicalResourceId"] for answer in answers.bodies] == ["starter-policy", "mine"]
