"""The CDK program: turns infra/ into a CloudFormation template, with the CDK command line or without."""

import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "layers" / layer / "python") for layer in ("core", "auth")]
# CDK's Node bridge prints a banner about Node 20; it runs there all the same.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")

from aws_cdk import App  # noqa: E402

from infra.bytecode import require_lambda_python  # noqa: E402
from infra.settings import check_deployable  # noqa: E402
from infra.stack import AssetVersionsStack  # noqa: E402
from infra.stage import Stage  # noqa: E402


def build(context: dict[str, Any] | None = None, outdir: str | None = None) -> App:
    """The app of one stage; `context`, such as stage=prod, overrides cdk.json; `cdk -c` overrides both."""
    defaults = json.loads((ROOT / "cdk.json").read_text())["context"]
    app = App(context={**defaults, **(context or {})}, outdir=outdir)
    stage = Stage.of(app.node)
    # Anybody may look at a template; what the CDK command line asks for may change an account.
    if "CDK_CLI_VERSION" in os.environ:
        check_deployable(stage.name, stage)
        require_lambda_python()
    AssetVersionsStack(app, f"AssetVersions-{stage.name}", stage=stage)
    return app


if __name__ == "__main__":
    # The CDK command line says where it wants the output; alone, Python would choose a temporary folder.
    build(outdir=os.environ.get("CDK_OUTDIR", "cdk.out")).synth()
