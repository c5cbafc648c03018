"""Makes the vendor layer: third-party wheels for Lambda's Python, compiled, the same from any folder."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from infra import bytecode

REQUIREMENTS = bytecode.ROOT / "layers" / "vendor" / "requirements.txt"
# Both tags name the platform: newer wheels need glibc 2.28, and the Lambda runtime of Python 3.13 has 2.34.
LAMBDA_TARGET = (
    "--platform=manylinux2014_aarch64",
    "--platform=manylinux_2_28_aarch64",
    "--implementation=cp",
    f"--python-version={bytecode.VERSION}",
)
# The AWS services that functions call, by botocore's names: the descriptions of all others stay behind.
SERVICES = frozenset(
    {"cognito-idp", "dynamodb", "events", "kms", "lambda", "s3", "sesv2", "sqs", "stepfunctions", "sts"}
)
# Scripts, and a package's release tooling that slipped into its wheel, are never imported; what pip notes
# about an installation names the folder it was made in.
NOTES = ("*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED")
# Zstandard's second copy of itself, for Pythons of another kind: 10 MB.
SECOND = ("zstandard/_cffi.*", "zstandard/backend_cffi.py")
UNUSED = ("bin", "node_modules", *NOTES, *SECOND)


def vendor_folder(*, local: bool) -> Path:
    """The layer's folder, made once per requirements file, target and recipe."""
    program = sys.executable if local else bytecode.lambda_python()
    kind = f"host-py{sys.version_info.major}{sys.version_info.minor}" if local else "lambda"
    recipe = b"".join(path.read_bytes() for path in (REQUIREMENTS, *map(Path, (__file__, bytecode.__file__))))
    plain = "" if program else "-plain"
    folder = bytecode.BUILD / f"vendor-{kind}{plain}-{hashlib.sha256(recipe).hexdigest()[:12]}"
    bytecode.BUILD.mkdir(exist_ok=True)
    # Whoever comes while another one fetches it waits for that one's.
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _fetch(folder, () if local else LAMBDA_TARGET, program)
    return folder


def _fetch(folder: Path, target: tuple[str, ...], program: str | None) -> None:
    print(f"Fetching the vendor layer into build/{folder.name} …", file=sys.stderr, flush=True)
    # Made beside its final place and renamed: an interrupted fetch must not pass for a whole layer.
    partial = folder.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    make(partial, target, program)
    partial.rename(folder)


def make(folder: Path, target: tuple[str, ...], program: str | None) -> None:
    """The layer in `folder`, compiled by the Python `program` if there is one."""
    modules = folder / "python"
    _install(modules, target)
    for pattern in UNUSED:
        for path in modules.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for package in ("boto3", "botocore"):
        for path in (modules / package / "data").iterdir():
            if path.is_dir() and path.name not in SERVICES:
                shutil.rmtree(path)
    if program:
        bytecode.compile_modules(modules, program)


def _install(folder: Path, target: tuple[str, ...]) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "--no-compile"]
    where = ["--only-binary=:all:", "--target", str(folder), "-r", str(REQUIREMENTS)]
    if subprocess.run([*pip, *target, *where], check=False).returncode:
        raise SystemExit("The vendor layer could not be fetched: see pip's message above, then try again.")
