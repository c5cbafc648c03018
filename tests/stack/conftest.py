"""The synthesized template, made once: synthesizing takes seconds."""

from pathlib import Path
from typing import cast

import pytest
from aws_cdk import App, Aspects, Stack
from aws_cdk.assertions import Annotations, Match, Template
from cdk_nag import AwsSolutionsChecks

from app import build

STAGE = "prod"


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
def template(stack: Stack) -> Template:
    return Template.from_stack(stack)


@pytest.fixture(scope="session")
def findings(stack: Stack, template: Template) -> list[str]:
    """What cdk-nag has to say; empty when all is well."""
    notes = Annotations.from_stack(stack)
    anything = Match.string_like_regexp(".*")
    entries = [*notes.find_error("*", anything), *notes.find_warning("*", anything)]
    return [f"{entry.id}: {entry.entry.data}" for entry in entries]
