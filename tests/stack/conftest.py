"""The synthesized templates, made once: synthesizing takes seconds."""

import json
import re
from pathlib import Path
from typing import Any, cast

import pytest
from aws_cdk import App, Aspects, Stack
from aws_cdk.assertions import Annotations, Match, Template
from cdk_nag import AwsSolutionsChecks

from app import build

STAGE = "prod"
OTHER_ACCOUNT = "210987654321"
# What exists already, under a domain of its own, for browsers, too.
ATTACHED = {
    "logRetentionDays": 14,
    "keepData": True,
    "account": "123456789012",
    "region": "eu-central-1",
    "attach": {
        "table": "restored-table",
        "tableStreamArn": "arn:aws:dynamodb:eu-central-1:123456789012:table/restored-table/stream/2026-01-01",
        "assetsBucket": "old-assets",
        "manifestsBucket": "old-manifests",
        "userPoolId": "eu-central-1_AbC123",
    },
    "domain": {
        "name": "assets.example.com",
        "certificateArn": "arn:aws:acm:eu-central-1:123456789012:certificate/1234-ab",
        "basePath": "store/v1",
    },
    "corsOrigins": ["https://studio.example.com"],
}

Resources = dict[str, Any]


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app is synthesized to."""
    return tmp_path_factory.mktemp("cdk.out")


@pytest.fixture(scope="session")
def app(out: Path) -> App:
    """The production app, with cdk-nag looking on."""
    app = build({"stage": STAGE}, str(out))
    Aspects.of(app).add(AwsSolutionsChecks(verbose=True))
    return app


@pytest.fixture(scope="session")
def stack(app: App) -> Stack:
    return cast(Stack, app.node.find_child(f"AssetVersions-{STAGE}"))


@pytest.fixture(scope="session")
def templates(app: App, out: Path) -> dict[str, Resources]:
    """The resources of each stack: of the parent, and of those nested in it."""
    app.synth()
    return read_templates(out)


@pytest.fixture(scope="session")
def template(templates: dict[str, Resources]) -> Template:
    """The resources of all stacks in one; their ids are made of their names, so that none meets another."""
    together: Resources = {}
    for resources in templates.values():
        assert not together.keys() & resources.keys()
        together |= resources
    return Template.from_json({"Resources": together})


@pytest.fixture(scope="session")
def findings(stack: Stack) -> list[str]:
    """What cdk-nag has to say of the parent and of all that is nested in it; empty when all is well."""
    notes = Annotations.from_stack(stack)
    anything = Match.string_like_regexp(".*")
    entries = [*notes.find_error("*", anything), *notes.find_warning("*", anything)]
    return [f"{entry.id}: {entry.entry.data}" for entry in entries]


@pytest.fixture(scope="session")
def careful(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Resources]:
    """The same of a stage that lets nobody else write, looks after its assets, and shares its events.

    It has copies in eight places, and another site's browsers.
    """
    says = {
        "logRetentionDays": 14,
        "keepData": False,
        "directWrites": "denied",
        "reconcileEveryDays": 7,
        "eventAccounts": [OTHER_ACCOUNT],
        "copiesAtOnce": 8,
        "corsOrigins": ["https://a.example"],
    }
    return stage_that(says, tmp_path_factory.mktemp("careful"))


@pytest.fixture(scope="session")
def attached(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Resources]:
    """A stage that takes what exists already."""
    return stage_that(ATTACHED, tmp_path_factory.mktemp("attached"))


@pytest.fixture(scope="session")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Resources]:
    """A stage that takes a part of what exists already, without a console."""
    says = ATTACHED | {"assetsPrefix": "studio/", "console": False}
    return stage_that(says, tmp_path_factory.mktemp("narrow"))


def stage_that(says: dict[str, Any], out: Path) -> dict[str, Resources]:
    """The resources of a stage of these settings; it takes seconds."""
    build({"stage": STAGE, "stages": {STAGE: says}}, str(out)).synth()
    return read_templates(out)


def read_templates(out: Path) -> dict[str, Resources]:
    """By the name of the nested stack, "" for the parent."""
    (parent,) = out.glob("AssetVersions-*.template.json")
    found = {"": json.loads(parent.read_text())["Resources"]}
    for file in out.glob("*.nested.template.json"):
        (name,) = re.findall(r"AssetVersions(?:prod|dev|local)(\w+?)[0-9A-F]{8}\.", file.name)
        found[name] = json.loads(file.read_text())["Resources"]
    return found
