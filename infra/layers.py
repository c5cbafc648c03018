"""The three layers: third-party wheels (see vendor.py), authz, core."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.bytecode import ROOT as ROOT
from infra.bytecode import compile_modules, content_hash, lambda_python
from infra.stage import Stage
from infra.vendor import vendor_folder

RUNTIME = lambda_.Runtime.PYTHON_3_13
ARCHITECTURE = lambda_.Architecture.ARM_64
JUNK = ["**/__pycache__", "**/*.pyc"]


def layers(scope: Construct, stage: Stage) -> list[lambda_.ILayerVersion]:
    """Vendor, auth and core, in the order in which they change ever more often."""
    program = None if stage.local else lambda_python()
    return [
        _layer(scope, "Vendor", vendor_folder(local=stage.local)),
        _own(scope, "Auth", program),
        _own(scope, "Core", program),
    ]


def _own(scope: Construct, name: str, program: str | None) -> lambda_.ILayerVersion:
    """A layer of ours: its sources, compiled beside them where Lambda's Python is at hand."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / name
        junk = shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(ROOT / "layers" / name.lower(), folder, ignore=junk)
        if program:
            compile_modules(folder / "python", program)
        # CDK copies it now, so it need not stay.
        return _layer(scope, name, folder)


def _layer(scope: Construct, name: str, folder: Path) -> lambda_.LayerVersion:
    return lambda_.LayerVersion(
        scope,
        f"{name}Layer",
        code=lambda_.Code.from_asset(str(folder), asset_hash=content_hash(folder)),
        compatible_runtimes=[RUNTIME],
        compatible_architectures=[ARCHITECTURE],
    )
