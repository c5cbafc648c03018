"""Which items of the table a function may write: of its own kinds, and who may do what is kept to few."""

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest
from assetversions import operations
from assetversions.dialects import ROUTES
from aws_cdk.assertions import Template

from infra.access import ACCESS, rights
from infra.items import KINDS

LEADING_KEYS = "dynamodb:LeadingKeys"
WRITING = {f"dynamodb:{action}Item" for action in ("Put", "Update", "Delete", "BatchWrite")}
# Those that say who may do what, who may come in, who is told and what is signed.
KEPT_TO_FEW = {
    "rules and roles": {"access", "seed_policy"},
    "policy revisions": {"access", "seed_policy"},
    "memberships": {"access"},
    "API tokens": {"access", "authorizer"},
    "looks at the pool": {"look_at_person"},
    "webhooks": {"webhooks", "deliver_webhooks"},
    "deliveries": {"webhooks", "deliver_webhooks", "publish_events"},
    "subscriptions": {"catalog", "subscriptions", "unsubscribing"},
    "mail": {"publish_events", "send_mail", "subscriptions", "unsubscribing"},
    "list of databases": {"catalog"},
    "properties": {"catalog", "metadata"},
    "tags": {"tags"},
    "links": {"links"},
}


def test_a_function_writes_items_of_the_kinds_of_its_row_and_of_no_others(template: Template) -> None:
    found = {
        (name, action, pattern)
        for name, actions, condition in _writes(template)
        for action in actions
        for pattern in _of(condition, "ForAllValues:StringLike")
    }
    assert found == {
        (name, action, KINDS[kind])
        for name in ACCESS
        for right in rights(name)
        for action in right.actions
        for kind in right.kinds
    }


def test_no_write_is_allowed_that_names_no_item(template: Template) -> None:
    """A condition on all values of a key holds where there is none: so the key has to be there."""
    for name, _, condition in _writes(template):
        assert set(condition) == {"ForAllValues:StringLike", "Null"}, name
        assert condition["Null"] == {LEADING_KEYS: "false"}, name


@pytest.mark.parametrize("kind", KEPT_TO_FEW)
def test_who_may_do_what_and_who_is_told_is_written_by_few(template: Template, kind: str) -> None:
    assert {name for name, _, condition in _writes(template) if _takes(condition, kind)} == KEPT_TO_FEW[kind]


def test_what_one_transaction_writes_stands_in_one_statement(template: Template) -> None:
    """It is allowed whether AWS looks at each of its items by itself or at all of an action."""
    for action in ("dynamodb:PutItem", "dynamodb:DeleteItem"):
        kinds = (
            "rules and roles",
            "policy revisions",
            "memberships",
            "API tokens",
            "policy events",
            "receipts",
        )
        assert {
            name
            for name, actions, condition in _writes(template)
            if action in actions and all(_takes(condition, kind) for kind in kinds)
        } == {"access"}


def test_who_serves_a_write_may_put_into_the_audit_and_no_more_there(template: Template) -> None:
    """A refused write is put on record by the function that refused it; it can delete no record."""
    found = {
        name: actions
        for name, actions, condition in _writes(template)
        if _of(condition, "ForAllValues:StringLike") == ["POLICY#EVENTS"]
    }
    assert set(found) == {
        operations.function(route.operation)
        for route in ROUTES
        if operations.find(route.operation).writes and not route.open
    }
    assert set.union(*found.values()) == {"dynamodb:PutItem"}


def test_a_role_s_policy_is_no_longer_than_iam_takes(template: Template) -> None:
    """10,240 characters for all inline policies of a role; a reference becomes an ARN, which is longer."""
    for role in template.find_resources("AWS::IAM::Role").values():
        written = json.dumps(role["Properties"].get("Policies", []), separators=(",", ":"))
        assert len(written) + 100 * written.count('"Ref"') < 10_240


def _writes(template: Template) -> Iterator[tuple[str, set[str], dict[str, Any]]]:
    """The statements that let a function write items: whose, which actions of these, the condition."""
    roles = template.find_resources("AWS::IAM::Role")
    for function in template.find_resources("AWS::Lambda::Function").values():
        facts = function["Properties"]
        role = roles[facts["Role"]["Fn::GetAtt"][0]]["Properties"]
        for statement in role["Policies"][0]["PolicyDocument"]["Statement"]:
            found = statement["Action"]
            if actions := WRITING & set([found] if isinstance(found, str) else found):
                yield facts["Description"], actions, statement.get("Condition", {})


def _takes(condition: dict[str, Any], kind: str) -> bool:
    """Whether it holds for an item of this kind."""
    one = KINDS[kind].replace("*", "some")
    return any(fnmatchcase(one, pattern) for pattern in _of(condition, "ForAllValues:StringLike"))


def _of(condition: dict[str, Any], operator: str) -> list[str]:
    """The patterns of partition keys, everything where a statement names none."""
    found = condition.get(operator, {}).get(LEADING_KEYS, "*")
    return [found] if isinstance(found, str) else found
