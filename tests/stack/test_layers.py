"""What Lambda imports: whole, small, compiled, pinned by hash, and the same from any folder."""

import ast
import hashlib
import os
import re
from pathlib import Path

import pytest
from aws_cdk.assertions import Template

from infra import bytecode, vendor

ROOT = bytecode.ROOT
LOCKS = ("requirements.txt", "layers/vendor/requirements.txt", "local/requirements.txt")
# Lambda takes 250 MB of layers and function, unzipped; every megabyte is fetched at a cold start.
MOST_BYTES = 60_000_000

needs_lambda_s_python = pytest.mark.skipif(
    bytecode.lambda_python() is None, reason="Python 3.13 is not installed"
)


@pytest.fixture(scope="module")
def modules() -> Path:
    return vendor.vendor_folder(local=False) / "python"


def _tree(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_vendor_layer_is_for_lambda_s_machine(modules: Path) -> None:
    libraries = {path.name for path in modules.rglob("*.so")}
    assert any(name.endswith("cpython-313-aarch64-linux-gnu.so") for name in libraries)
    assert not [name for name in libraries if "x86_64" in name]
    assert sum(path.stat().st_size for path in modules.rglob("*") if path.is_file()) < MOST_BYTES


def test_the_vendor_layer_is_the_same_from_any_folder(modules: Path, tmp_path: Path) -> None:
    other = tmp_path / "a" / "deeper folder"
    vendor.make(other, vendor.LAMBDA_TARGET, bytecode.lambda_python())
    assert _tree(other) == _tree(modules.parent)
    assert bytecode.content_hash(other) == bytecode.content_hash(modules.parent)


def test_the_hash_follows_the_sources_and_whether_they_are_compiled(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1")
    hashes = [bytecode.content_hash(tmp_path)]
    (tmp_path / "a.py").write_text("x = 2")
    hashes.append(bytecode.content_hash(tmp_path))
    (tmp_path / "a.pyc").write_bytes(b"of 3.13.0")
    hashes.append(bytecode.content_hash(tmp_path))
    assert len(set(hashes)) == 3
    (tmp_path / "a.pyc").write_bytes(b"of 3.13.9")
    assert bytecode.content_hash(tmp_path) == hashes[-1]


def test_nothing_in_the_vendor_layer_names_where_it_was_made(modules: Path) -> None:
    for path in modules.rglob("*"):
        assert path.name not in ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "bin"), path
        assert path.is_dir() or str(ROOT).encode() not in path.read_bytes(), path


@needs_lambda_s_python
def test_lambda_finds_bytecode_that_it_does_not_compare_with_the_source(modules: Path) -> None:
    for name in ("boto3/session", "pydantic/main", "casbin/enforcer", "aws_lambda_powertools/logging/logger"):
        package, module = name.rsplit("/", 1)
        (compiled,) = (modules / package / "__pycache__").glob(f"{module}.*.pyc")
        assert compiled.name == f"{module}.cpython-313.pyc"
        # PEP 552: 1 stands for "hash", 2 would add "check it".
        assert int.from_bytes(compiled.read_bytes()[4:8], "little") == 1
        assert b"/opt/python/" + f"{name}.py".encode() in compiled.read_bytes()


@needs_lambda_s_python
def test_our_own_layers_are_compiled_too(template: Template, out: Path) -> None:
    compiled = {path.name for path in out.glob("asset.*/python/*/**/*.pyc")}
    assert {"endpoint.cpython-313.pyc", "guard.cpython-313.pyc"} <= compiled


def test_what_is_deployed_is_compiled_or_not_deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "lambda_python", lambda: None)
    with pytest.raises(SystemExit, match=r"Python 3\.13, which is not on this machine\. Install it"):
        bytecode.require_lambda_python()


def test_a_python_that_is_only_a_name_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert bytecode.lambda_python() != "python3.13"


def test_the_services_that_functions_call_are_in_the_vendor_layer(modules: Path) -> None:
    """A service left out would fail with UnknownServiceError: add it to SERVICES in infra/vendor.py."""
    called = {name for path in (ROOT / "layers").rglob("*.py") for name in _clients(path)}
    assert {"dynamodb", "s3"} <= called
    for service in called:
        assert (modules / "botocore" / "data" / service).is_dir(), service


def _clients(path: Path) -> set[str]:
    """The services in `aws.client("…")`, and in `client("…")` of that module."""
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return {
        str(call.args[0].value)
        for call in calls
        if ast.unparse(call.func) in ("aws.client", "client") and isinstance(call.args[0], ast.Constant)
    }


def test_what_runs_in_lambda_is_what_the_tests_run() -> None:
    everything = _pins("requirements.txt")
    for name, version in _pins("layers/vendor/requirements.txt").items():
        assert everything[name] == version, name


@pytest.mark.parametrize("file", LOCKS)
def test_everything_that_is_installed_is_pinned_by_hash(file: str) -> None:
    text = (ROOT / file).read_text()
    lines = [
        line for line in text.replace("\\\n", " ").splitlines() if line and not line.lstrip().startswith("#")
    ]
    assert len(lines) > 15
    for line in lines:
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line
    # Where it comes from is the business of whoever installs it.
    assert "://" not in text


def test_what_is_asked_for_is_what_is_locked() -> None:
    """A changed requirements.in needs `make lock`."""
    for file in LOCKS:
        pins = _pins(file)
        for name, version in _pins(file.replace(".txt", ".in")).items():
            assert pins.get(name) == version, f"{name}: run `make lock`"


def test_the_cdk_command_line_is_pinned_by_hash() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert '"integrity": "sha512-' in text
    assert "://" not in text


def _pins(file: str) -> dict[str, str]:
    """Normalised package name → version."""
    found = re.findall(r"^([\w.-]+)(?:\[.*\])?==([^\s;]+)", (ROOT / file).read_text(), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}
