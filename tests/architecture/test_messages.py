"""Who is refused is told what to do: by each message itself, or by VAMS's words for what is not there."""

import ast
from collections.abc import Iterator
from pathlib import Path

from assetversions.dialects.autodesk_dm.errors import NEXT as DATA_MANAGEMENT
from assetversions.dialects.autodesk_dm.object_errors import NEXT as OBJECTS
from assetversions.dialects.autodesk_vault.errors import NEXT as VAULT
from assetversions.dialects.vams.errors import NEXT

CORE = Path("layers/core/python/assetversions")
# What other APIs alone have.
ELSEWHERE = {*DATA_MANAGEMENT, *OBJECTS, *VAULT, "thumbnail"}
# The usual errors but Invalid, which says what a field must be, and LostRace, which is tried again.
ERRORS = {"Conflict", "ReadOnly", "TooLarge", "Busy", "AtWork", "TooMany"}


def raised(*names: str) -> Iterator[tuple[str, str]]:
    """Where an error is made with a text of its own, and the first text of it."""
    for path in sorted(CORE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names and node.args:
                text = _text(node.args[0])
                if text is not None:
                    yield f"{path.relative_to(CORE)}:{node.lineno}", text


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_whatever_is_not_there_has_a_next_step() -> None:
    kinds = {text for _, text in raised("NotFound", "unknown") if "…" not in text}
    assert {"asset", "tag", "webhook"} <= kinds
    assert kinds - ELSEWHERE <= set(NEXT)


def test_each_refusal_says_what_to_do() -> None:
    """Behind what is wrong comes a second part."""
    refusals = list(raised(*ERRORS))
    assert len(refusals) > 100
    marks = ("; ", ": ", ". ", ", not ")
    assert [one for one in refusals if not any(mark in one[1].rstrip(".") for mark in marks)] == []
