"""Which items of the table a function may write: who may do what, and the audit, are kept to few."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from assetversions import operations
from assetversions.dialects import ROUTES
from aws_cdk.assertions import Template

from infra.access import GRANTS

AUDIT = ("POLICY#EVENTS", ["POLICY#EVENTS"])


def test_who_may_do_what_is_written_by_those_alone_who_say_so(template: Template) -> None:
    """A function that may write the table at all may write no rule, role, membership, token or audit."""
    writing = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"}
    for name, condition in _conditions(template, writing):
        policy = _kept_to(condition)
        others = condition.get("ForAllValues:StringNotLike", {}).get("dynamodb:LeadingKeys", [])
        assert (
            set(others)
            == {
                "POLICY",
                "POLICY#MEMBERS",
                "POLICY#TOKENS#*",
                "POLICY#EVENTS",
                "LOOK#*",
            }
            or policy
        ), name
        if policy in ("LOOK#*", ["LOOK#*"]):
            assert name == "look_at_person", "whoever could write it could let anybody in"
            continue
        if policy == ["WEBHOOKS", "WEBHOOK#*"]:
            assert name in {"publish_events", "deliver_webhooks"}
            continue
        if name == "authorizer":
            assert policy in ("POLICY#TOKENS#*", ["POLICY#TOKENS#*"])
        elif policy and policy not in AUDIT:
            assert name in {"access", "seed_policy"}


def test_who_writes_policy_may_write_a_receipt_with_it_under_the_same_grant(template: Template) -> None:
    """A transaction is allowed whether AWS looks at each of its items by itself or at all of an action."""
    transaction = ["POLICY", "POLICY#MEMBERS", "POLICY#TOKENS#some", "POLICY#EVENTS", "ONCE#some"]
    for action in ("dynamodb:PutItem", "dynamodb:DeleteItem"):
        allowed = {
            name
            for name, condition in _conditions(template, {action})
            if all(any(fnmatchcase(one, kept) for kept in _kept_to(condition)) for one in transaction)
        }
        assert allowed == {"access", "seed_policy"}


def test_who_serves_a_write_may_put_into_the_audit_and_no_more_there(template: Template) -> None:
    """A refused write is put on record by the function that refused it; it can delete no record."""
    found = set()
    for name, condition in _conditions(template, {"dynamodb:PutItem"}):
        if _kept_to(condition) in AUDIT:
            found.add(name)
    assert GRANTS["record refusals"] == [("table", ["dynamodb:PutItem"])]
    assert found == {
        operations.function(route.operation) for route in ROUTES if operations.find(route.operation).writes
    }


def _kept_to(condition: dict[str, Any]) -> str | list[str]:
    """The partitions that a statement is about, where it names them."""
    found: Any = [
        condition.get(f"ForAllValues:{compared}", {}).get("dynamodb:LeadingKeys")
        for compared in ("StringEquals", "StringLike")
    ]
    return next((kept for kept in found if kept), [])


def _conditions(template: Template, actions: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """For each statement that allows any of these actions: whose it is, and under which condition."""
    roles = template.find_resources("AWS::IAM::Role")
    for function in template.find_resources("AWS::Lambda::Function").values():
        facts = function["Properties"]
        role = roles[facts["Role"]["Fn::GetAtt"][0]]["Properties"]
        for statement in role["Policies"][0]["PolicyDocument"]["Statement"]:
            found = statement["Action"]
            if actions & set([found] if isinstance(found, str) else found):
                yield facts["Description"], statement.get("Condition", {})
