"""What a function imports before its first request: nothing slow that its operation does not use."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = [ROOT / "layers" / name / "python" for name in ("core", "auth")]
# Powertools' idempotency, python-jose and what it verifies with.
SLOW = ["aws_lambda_powertools.utilities.idempotency", "jose", "cryptography"]
LOOK = """
import sys, handler
print([name for name in {slow} if name in sys.modules])
from assetversions.dialects.http import Body
bodies = Body.__subclasses__()
print(len(bodies) > 20, [body.__name__ for body in bodies if body.__pydantic_complete__])
"""


@pytest.mark.parametrize("function", ["get_version", "create_version", "job_copy"])
def test_a_function_imports_nothing_slow_and_builds_no_body_that_nobody_sent(function: str):
    path = [str(folder) for folder in (*LAYERS, ROOT / "functions" / function)]
    code = f"import sys; sys.path[:0] = {path}\n{LOOK.format(slow=SLOW)}"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout.splitlines() == ["[]", "True []"]
