"""How rules, roles, memberships, API tokens and their audit are written as items, and read back."""

import json
from datetime import datetime
from typing import Any

from assetversions.domain.policy import (
    ApiToken,
    Criterion,
    Grant,
    Membership,
    PolicyEvent,
    PolicyRule,
    Role,
    Thing,
)
from assetversions.storage.dynamodb import keys, token_keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.items import time_of, time_text


def key(thing: Thing) -> keys.Key:
    match thing:
        case PolicyRule():
            return keys.rule(thing.rule_id)
        case Role():
            return keys.role(thing.name)
        case Membership():
            return keys.membership(thing.person)
        case ApiToken():
            return token_keys.api_token(thing.person, thing.token_id)


def from_thing(thing: Thing) -> Item:
    """A token is forgotten when it has expired; until DynamoDB has come to that, it is over all the same."""
    over = {keys.EXPIRES: _over(thing)} if isinstance(thing, ApiToken) else {}
    return {**key(thing), **facts(thing), **over}


def from_place(token: ApiToken, uuid: str) -> Item:
    """What tells of a token's UUID which one it is, for as long."""
    return {**token_keys.by_uuid(uuid), "token_id": token.token_id, keys.EXPIRES: _over(token)}


def _over(token: ApiToken) -> int:
    return int(token.expires_at.timestamp())


def facts(thing: Thing) -> Item:
    """What is known of a thing, as plain data; of a token not its digest's origin, for nobody has that."""
    match thing:
        case PolicyRule():
            return {
                "rule": _rule(thing),
                "name": thing.name,
                "description": thing.description,
                "labels": dict(thing.labels),
            }
        case Role():
            return {
                "name": thing.name,
                "description": thing.description,
                "requires_mfa": thing.requires_mfa,
                "created_at": _moment(thing.created_at),
            }
        case Membership():
            return {
                "person": thing.person,
                "user": thing.user,
                "roles": list(thing.roles),
                "created_at": _moment(thing.created_at),
                "mfa_since": _moment(thing.mfa_since),
            }
        case ApiToken():
            return {
                "token_id": thing.token_id,
                "digest": thing.digest,
                "name": thing.name,
                "person": thing.person,
                "user": thing.user,
                "scopes": None if thing.scopes is None else sorted(thing.scopes),
                "created_at": time_text(thing.created_at),
                "created_by": thing.created_by,
                "expires_at": time_text(thing.expires_at),
                "used_at": _moment(thing.used_at),
                "description": thing.description,
                "active": thing.active,
                "updated_at": _moment(thing.updated_at),
            }


def to_rule(item: Item) -> PolicyRule:
    """A record with no list of grants is a grant itself: the starter rules are written so."""
    rule = item["rule"]
    return PolicyRule(
        rule_id=rule["rule_id"],
        tier=rule["tier"],
        grants=tuple(_to_grant(grant) for grant in rule.get("grants") or [rule]),
        conditions=_to_criteria(rule.get("conditions", ())),
        any_of=_to_criteria(rule.get("any_of", ())),
        name=item.get("name", rule["rule_id"]),
        description=item.get("description", ""),
        labels=item.get("labels", {}),
    )


def to_role(item: Item) -> Role:
    return Role(item["name"], item["description"], item["requires_mfa"], _to_moment(item.get("created_at")))


def to_membership(item: Item) -> Membership:
    """One of before stands under the name that it was given to: it is nobody's, until it is given anew."""
    roles = tuple(item["roles"])
    times = _to_moment(item["created_at"]), _to_moment(item.get("mfa_since"))
    return Membership(item.get("person") or item[keys.SORT], item["user"], roles, *times)


def to_token(item: Item) -> ApiToken:
    scopes = item["scopes"]
    return ApiToken(
        token_id=item["token_id"],
        digest=item["digest"],
        name=item["name"],
        person=item["person"],
        user=item["user"],
        scopes=None if scopes is None else frozenset(scopes),
        created_at=time_of(item["created_at"]),
        created_by=item["created_by"],
        expires_at=time_of(item["expires_at"]),
        used_at=_to_moment(item.get("used_at")),
        description=item.get("description", ""),
        active=item.get("active", True),
        updated_at=_to_moment(item.get("updated_at")),
    )


def from_event(event: PolicyEvent, before: Thing | None = None, after: Thing | None = None) -> Item:
    """The audit keeps a thing as it was and as it became; of a token never the digest."""
    return {
        **keys.policy_event(event.event_id),
        "event_id": event.event_id,
        "kind": event.kind,
        "subject": event.subject,
        "at": time_text(event.at),
        "person": event.person,
        "by": event.by,
        "detail": event.detail | {name: _told(thing) for name, thing in _sides(before, after)},
    }


def to_event(item: Item) -> PolicyEvent:
    return PolicyEvent(
        event_id=item["event_id"],
        kind=item["kind"],
        subject=item["subject"],
        at=time_of(item["at"]),
        person=item.get("person", ""),
        by=item["by"],
        detail=item["detail"],
    )


def _sides(before: Thing | None, after: Thing | None) -> list[tuple[str, Thing]]:
    pairs = (("before", before), ("after", after))
    return [(name, thing) for name, thing in pairs if thing is not None]


def _told(thing: Thing) -> str:
    told = {name: value for name, value in facts(thing).items() if name != "digest"}
    return json.dumps(told, ensure_ascii=False)


def _rule(rule: PolicyRule) -> Item:
    return {
        "rule_id": rule.rule_id,
        "tier": rule.tier,
        "conditions": [_criterion(criterion) for criterion in rule.conditions],
        "any_of": [_criterion(criterion) for criterion in rule.any_of],
        "grants": [_grant(grant) for grant in rule.grants],
    }


def _criterion(criterion: Criterion) -> Item:
    values = list(criterion.values)
    return {"attribute": criterion.attribute, "operator": criterion.operator, "values": values}


def _grant(grant: Grant) -> Item:
    names = {name: sorted(getattr(grant, name)) for name in ("actions", "roles", "users")}
    return {"effect": grant.effect, **names}


def _to_grant(data: Any) -> Grant:
    names = {name: frozenset(data.get(name, ())) for name in ("actions", "roles", "users")}
    return Grant(data["effect"], **names)


def _to_criteria(data: Any) -> tuple[Criterion, ...]:
    return tuple(Criterion(row["attribute"], row["operator"], tuple(row["values"])) for row in data)


def _moment(value: datetime | None) -> str | None:
    return None if value is None else time_text(value)


def _to_moment(value: str | None) -> datetime | None:
    return None if value is None else time_of(value)
