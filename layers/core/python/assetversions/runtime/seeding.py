"""Put the starter rules into a new table: a CloudFormation custom resource, run by `cdk deploy`."""

import json
from pathlib import Path
from typing import Any

import authz
from authz.rules import Rule
from crhelper import CfnResource

from assetversions.runtime import wiring
from assetversions.storage import policies

handler = CfnResource()


@handler.create
@handler.update
def seed(_event: dict[str, Any], _context: Any) -> None:
    """Adds what is missing; a starter rule that a team has changed stays as they left it."""
    text = Path(authz.__file__).with_name("starter_policy.json").read_text()
    rules = [Rule.model_validate(rule) for rule in json.loads(text)]
    policies.add_missing(wiring.table(), {rule.rule_id: rule.model_dump(mode="json") for rule in rules})


@handler.delete
def keep(_event: dict[str, Any], _context: Any) -> None:
    """The rules go with the table or stay with it."""
