"""Only a stage that says so fetches contents, and only from this machine where it is this machine's own."""

from typing import Any

import pytest
from aws_cdk import App

from infra.functions import IMPORTING, Functions
from infra.stage import Stage


def environment(name: str, stage: str, **settings: Any) -> dict[str, str]:
    plain = {"logRetentionDays": 14, "keepData": False} | settings
    node = App(context={"stage": stage, "stages": {stage: plain}}).node
    functions: Any = type("Shared", (), {"stage": Stage.of(node)})
    return Functions._of_imports(functions, name)


@pytest.mark.parametrize("name", ["create_version", "update_version"])
def test_nothing_is_fetched_unless_the_stage_says_so(name: str) -> None:
    assert environment(name, "dev") == {}
    allowed = environment(name, "dev", posta={"imports": True})
    assert allowed == {"IMPORTS": "yes", "LOOPBACK_RECEIVERS": "no"}
    assert environment(name, "local", posta={"imports": True})["LOOPBACK_RECEIVERS"] == "yes"


def test_no_other_function_is_let_out() -> None:
    assert {"create_version", "update_version"} == IMPORTING
    for name in ("clone_version", "uploads", "job_finish"):
        assert environment(name, "dev", posta={"imports": True}) == {}
