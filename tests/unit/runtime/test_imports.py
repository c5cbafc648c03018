"""What a function imports before its first request: nothing slow that its operation does not use."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LAYERS = [ROOT / "layers" / name / "python" for name in ("core", "auth")]
# Powertools' idempotency, python-jose and what it verifies with.
SLOW = ["aws_lambda_powertools.utilities.idempotency", "jose", "cryptography"]
LOOK = """
import sys, handler
print([name for name in {slow} if name in sys.modules])
from assetversions.dialects.common.http import Body
bodies = Body.__subclasses__()
print(len(bodies) > 20, [body.__name__ for body in bodies if body.__pydantic_complete__])
"""
# What the handler brings in that was not there before.
BROUGHT = "import sys; before = set(sys.modules); import handler; print(*set(sys.modules) - before)"


def told(function: str, code: str) -> list[str]:
    """The lines that the code prints where this function's handler can be imported."""
    path = [str(folder) for folder in (*LAYERS, ROOT / "functions" / function)]
    code = f"import sys; sys.path[:0] = {path}\n{code}"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    return ran.stdout.splitlines()


@pytest.mark.parametrize("function", ["get_version", "create_version", "job_copy"])
def test_a_function_imports_nothing_slow_and_builds_no_body_that_nobody_sent(function: str):
    assert told(function, LOOK.format(slow=SLOW)) == ["[]", "True []"]


def test_the_authorizer_imports_no_dialect_and_nothing_slow():
    brought = told("authorizer", BROUGHT)[0].split()
    assert "assetversions.runtime.credentials" in brought
    assert [name for name in brought if name in SLOW or name.startswith("assetversions.dialects")] == []


def test_the_fallback_imports_nothing_but_the_standard_library():
    brought = told("fallback", BROUGHT)[0].split()
    foreign = {name for name in brought if name.split(".")[0] not in sys.stdlib_module_names}
    own = "assetversions.runtime.fallback"
    assert foreign == {"handler", "assetversions", "assetversions.runtime", own}
