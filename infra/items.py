"""The kinds of items in the table, and what keeps a role to some: IAM tells items apart by partition."""

from collections.abc import Iterable
from typing import Any

from assetversions.storage.dynamodb import beside_keys, keys, mail_keys, webhook_keys

# By what the partition key is or begins with. All of one asset is in one: versions, events, jobs, journal …
KINDS = {
    "assets": f"{keys.ASSET_PREFIX}*",
    "asset ids": f"{keys.UID_PREFIX}*",
    "databases": f"{keys.DATABASE_PREFIX}*",
    "list of databases": keys.DATABASES,
    "properties": f"{keys.HAVING_PREFIX}*",
    "tags": beside_keys.TAGS,
    "links": f"{beside_keys.LINK_PREFIX}*",
    "receipts": f"{keys.ONCE_PREFIX}*",
    "running jobs": f"{keys.RUNNING_PREFIX}*",
    "reconciliation": keys.RECONCILIATION,
    "subscriptions": mail_keys.SUBSCRIPTIONS,
    "mail": f"{mail_keys.MAIL_PREFIX}*",
    "webhooks": webhook_keys.WEBHOOKS,
    "deliveries": f"{webhook_keys.WEBHOOK_PREFIX}*",
    "rules and roles": keys.POLICY,
    "policy revisions": f"{keys.REVISIONS_PREFIX}*",
    "memberships": keys.MEMBERS,
    "API tokens": f"{keys.TOKENS_PREFIX}*",
    "policy events": keys.POLICY_EVENTS,
    "looks at the pool": f"{keys.LOOKS_PREFIX}*",
}
# The Service Authorization Reference has it for ConditionCheckItem, too, so items of transactions do.
_LEADING_KEYS = "dynamodb:LeadingKeys"


def only(kinds: Iterable[str]) -> dict[str, Any]:
    """The condition that a request is about such items alone; `ForAllValues` holds where it names none."""
    return {
        "ForAllValues:StringLike": {_LEADING_KEYS: [KINDS[kind] for kind in kinds]},
        "Null": {_LEADING_KEYS: "false"},
    }
