"""What policies mean and the emulator does not know: partitions of a request, roles, the account's root."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id
from ministack.services import iam
from ministack.services.dynamodb import _resolve_index_keys

from local.strict import dynamodb
from local.strict.patching import wrap

Values = dict[str, Any]
LEADING_KEYS = "dynamodb:LeadingKeys"
POLICY_ACTIONS = {"s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"}


class _Item(str):
    """The ARN of a table, and the context of the one item that a transaction does something to."""

    context: Values


def apply() -> None:
    wrap(iam_actions, "dynamodb_service_context", requests_have_leading_keys)
    wrap(iam_actions, "dynamodb_transaction_checks", items_of_transactions_have_leading_keys)
    wrap(iam_evaluator, "enforce", _enforce)
    wrap(iam_evaluator, "_resolve_condition_key", who_takes_a_role_is_the_role)


def requests_have_leading_keys(context: Callable[[bytes], Values], body: bytes) -> Values:
    """`dynamodb:LeadingKeys` is each partition that a request names, of the index where it reads an index.

    DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control". PartiQL and
    `KeyConditions` get none here.
    """
    return context(body) | _context(_partitions(_read(body)))


def items_of_transactions_have_leading_keys(
    checks: Callable[..., list[tuple[str, str]]], iam_action: str, body: bytes, region: str, account_id: str
) -> list[tuple[str, str]]:
    """Each item of a transaction is allowed or refused by itself, as in the action that it stands for.

    DynamoDB Developer Guide, "IAM for transactions".
    """
    found = checks(iam_action, body, region, account_id)
    actions = [action for item in _read(body).get("TransactItems") or [] for action in item.values()]
    for place, ((name, arn), action) in enumerate(zip(found, actions, strict=False)):
        item = _Item(arn)
        item.context = _context(_partitions(action))
        found[place] = (name, item)
    return found


def _enforce(
    enforce: Callable[..., Any],
    access_key_id: str,
    iam_action: str,
    service: str,
    region: str,
    resource_arn: str = "*",
    service_context: Values | None = None,
) -> Any:
    own = resource_arn.context if isinstance(resource_arn, _Item) else {}
    context = {**(service_context or {}), **own} or None
    denied = enforce(
        access_key_id, iam_action, service, region, resource_arn=resource_arn, service_context=context
    )
    if denied is None and service == "s3" and iam_evaluator.is_root_access_key(access_key_id):
        return root_heeds_bucket_policies(iam_action, region, resource_arn)
    return denied


def who_takes_a_role_is_the_role(resolve: Callable[..., Any], key: str, ctx: Any) -> Any:
    """`aws:PrincipalArn` of one who has taken a role is the ARN of the role, not of the session.

    IAM User Guide, "AWS global condition context keys".
    """
    if key.lower() == "aws:principalarn" and ctx.principal_type == "AssumedRole":
        name = iam_evaluator._role_name_from_assumed_arn(ctx.principal_arn)
        role = iam._roles.get_scoped(ctx.principal_account, None, name)
        return ctx.principal_arn if role is None else role["Arn"]
    return resolve(key, ctx)


def root_heeds_bucket_policies(iam_action: str, region: str, resource_arn: str) -> Any:
    """What a bucket's policy denies to everybody it denies to the account's root, but for the policy itself.

    IAM User Guide, "Policy evaluation logic"; S3 API Reference, PutBucketPolicy.
    """
    found = iam_evaluator._resource_policy("s3", resource_arn)
    if found is None or iam_action in POLICY_ACTIONS:
        return None
    account = get_account_id()
    root = f"arn:aws:iam::{account}:root"
    ctx = iam_evaluator.EvalContext(root, "Root", account, iam_action, resource_arn, region)
    decided = iam_evaluator.evaluate_resource_policy(found[0], ctx)
    decided.resource_policy_arn = resource_arn
    return decided if decided.decision == "Deny" else None


def _read(body: bytes) -> Values:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _context(partitions: Iterator[Any]) -> Values:
    found = [str(text) for value in partitions for text in value.values()]
    return {LEADING_KEYS: found} if found else {}


def _partitions(data: Values) -> Iterator[Any]:
    """The partition keys in one action, or in all actions of a batch."""
    for name, requests in (data.get("RequestItems") or {}).items():
        keys = requests.get("Keys", []) if isinstance(requests, dict) else requests
        for key in keys:
            for action in key.values() if isinstance(requests, list) else [{"Key": key}]:
                yield from _partitions({"TableName": name, **action})
    table = dynamodb._table(data)
    if table:
        partition, _, _ = _resolve_index_keys(table, data.get("IndexName"))
        named = {**(data.get("Item") or data.get("Key") or {}), **dict(dynamodb._operands(data))}
        if partition in named:
            yield named[partition]
