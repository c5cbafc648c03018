"""A deployment that fails leaves nothing in the way of the next; so does a stack that is taken down."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import build
from local import deploy
from local.aws import client
from local.emulator import emulator

# Its name can't be resolved, so it fails after the function that it waits for was made.
BROKEN = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::GetAtt": ["FUNCTION", "Nothing"]}}}
# What deployments of old gave names to.
MADE = ("functions", "roles", "machines", "logs")


class Account:
    """What is there in the emulator's one account."""

    def __init__(self, endpoint: str) -> None:
        self._client = {
            name: client(name, endpoint) for name in ("lambda", "iam", "stepfunctions", "logs", "dynamodb")
        }
        self.cloudformation = client("cloudformation", endpoint)

    def made(self) -> dict[str, int]:
        """How many there are of each kind that deployments once gave names to."""
        return {
            "functions": self._count("lambda", "list_functions", "Functions"),
            "roles": self._count("iam", "list_roles", "Roles"),
            "machines": self._count("stepfunctions", "list_state_machines", "stateMachines"),
            "logs": self._count("logs", "describe_log_groups", "logGroups"),
        }

    def tables(self) -> set[str]:
        return set(self._client["dynamodb"].list_tables()["TableNames"])

    def _count(self, service: str, call: str, key: str) -> int:
        pages = self._client[service].get_paginator(call).paginate()
        return sum(len(page[key]) for page in pages)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The local stage, as strict about what it keeps as prod is."""
    folder = tmp_path_factory.mktemp("deploying") / "cdk.out"
    stages = {"local": {"logRetentionDays": 365, "keepData": True}}
    build({"stage": "local", "stages": stages}, str(folder)).synth()
    return folder


@pytest.fixture(scope="module")
def broken(out: Path) -> Path:
    """The same, but for one resource in a nested stack that can't be made."""
    folder = out.with_name("broken")
    shutil.copytree(out, folder)
    (file,) = folder.glob("*VersionsWrite*.nested.template.json")
    template: dict[str, Any] = json.loads(file.read_text())
    functions = [key for key, one in template["Resources"].items() if one["Type"] == "AWS::Lambda::Function"]
    text = json.dumps(BROKEN).replace("FUNCTION", functions[-1])
    template["Resources"]["Broken"] = json.loads(text)
    file.write_text(json.dumps(template))
    return folder


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulator(tmp_path_factory.mktemp("deploying-engine")) as found:
        yield found


def test_a_stage_that_keeps_its_data_is_deployed_after_a_failure_and_after_its_end(
    endpoint: str, out: Path, broken: Path
) -> None:
    account = Account(endpoint)
    with pytest.raises(SystemExit, match="The stack could not be deployed"):
        deploy.deploy(broken, endpoint)
    # Log groups of nested stacks that were whole may stay; they have names of their own.
    assert account.made() | {"logs": 0} == dict.fromkeys(MADE, 0)

    first = deploy.deploy(out, endpoint)
    deployed = account.made()
    assert min(deployed.values()) > 0
    deploy.destroy(account.cloudformation)
    assert account.made() == dict.fromkeys(MADE, 0) | {"logs": deployed["logs"]}
    assert first["TableName"] in account.tables()

    second = deploy.deploy(out, endpoint)
    assert account.made()["functions"] == deployed["functions"]
    assert second.keys() == first.keys()
