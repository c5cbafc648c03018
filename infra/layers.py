"""The three layers: third-party wheels, fetched for the target's Python without a container, authz, core."""

import compileall
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from py_compile import PycInvalidationMode

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.stage import Stage

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "layers" / "vendor" / "requirements.txt"
RUNTIME = lambda_.Runtime.PYTHON_3_13
ARCHITECTURE = lambda_.Architecture.ARM_64
# Both tags name the platform: newer wheels need glibc 2.28, and the Lambda runtime of Python 3.13 has 2.34.
LAMBDA_TARGET = (
    "--platform=manylinux2014_aarch64",
    "--platform=manylinux_2_28_aarch64",
    "--implementation=cp",
    "--python-version=3.13",
)
JUNK = ["**/__pycache__", "**/*.pyc"]


def vendor_folder(*, local: bool) -> Path:
    """The folder of installed wheels, made once per requirements file and target."""
    target = () if local else LAMBDA_TARGET
    name = f"host-py{sys.version_info.major}{sys.version_info.minor}" if local else "lambda"
    digest = hashlib.sha256(REQUIREMENTS.read_bytes() + " ".join(target).encode()).hexdigest()[:12]
    folder = ROOT / "build" / f"vendor-{name}-{digest}"
    if not folder.exists():
        print(f"Fetching the vendor layer into build/{folder.name} …", file=sys.stderr, flush=True)
        # Installed beside its final place and renamed: an interrupted fetch must not pass for a whole layer.
        partial = folder.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        _install(partial / "python", target)
        if local:
            # Halves a worker's cold start. Not for Lambda: bytecode is for one Python version, this one.
            compileall.compile_dir(
                partial, quiet=2, workers=0, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
            )
        partial.rename(folder)
    return folder


def _install(folder: Path, target: tuple[str, ...]) -> None:
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-compile",
        "--only-binary=:all:",
    ]
    result = subprocess.run([*pip, *target, "--target", str(folder), "-r", str(REQUIREMENTS)], check=False)
    if result.returncode:
        raise SystemExit("The vendor layer could not be fetched: see pip's message above, then try again.")
    # Scripts, and a package's release tooling that slipped into its wheel, are never imported.
    for unused in ("bin", "node_modules"):
        shutil.rmtree(folder / unused, ignore_errors=True)


def layers(scope: Construct, stage: Stage) -> list[lambda_.ILayerVersion]:
    """Vendor, auth and core, in the order in which they change ever more often."""
    codes = {
        "Vendor": lambda_.Code.from_asset(str(vendor_folder(local=stage.local))),
        "Auth": lambda_.Code.from_asset(str(ROOT / "layers" / "auth"), exclude=JUNK),
        "Core": lambda_.Code.from_asset(str(ROOT / "layers" / "core"), exclude=JUNK),
    }
    return [
        lambda_.LayerVersion(
            scope,
            f"{name}Layer",
            code=code,
            compatible_runtimes=[RUNTIME],
            compatible_architectures=[ARCHITECTURE],
        )
        for name, code in codes.items()
    ]
