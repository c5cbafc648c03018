"""Rules, roles, user roles and their audit as VAMS bodies."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.constraints import spell
from assetversions.dialects.vams.pages import Body, items
from assetversions.dialects.vams.times import text
from assetversions.domain.policy import Membership, PolicyEvent, PolicyRule, Role
from assetversions.domain.results.access import Changed, Listing

_OPERATION = {"created": "create", "changed": "update", "deleted": "delete"}


def rules(found: Listing[PolicyRule]) -> Reply:
    return items([spell(rule) for rule in found.items], found.cursor)


def rule(found: PolicyRule) -> Reply:
    facts = spell(found)
    return Reply(200, {"message": facts, "constraint": facts} | facts)


def rule_changed(changed: Changed[PolicyRule]) -> Reply:
    message = "Constraint deleted." if changed.how == "deleted" else "Constraint created/updated."
    facts = {"constraintId": changed.thing.rule_id, "constraint": spell(changed.thing)}
    return _changed(changed.how, message, facts, text(changed.at))


def roles(found: Listing[Role]) -> Reply:
    return items([_role(role) for role in found.items], found.cursor)


def role_changed(changed: Changed[Role]) -> Reply:
    return _changed(changed.how, "success", _role(changed.thing), text(changed.at))


def memberships(found: Listing[Membership]) -> Reply:
    return items([_membership(one) for one in found.items], found.cursor)


def membership_changed(changed: Changed[Membership]) -> Reply:
    return _changed(changed.how, "success", _membership(changed.thing), text(changed.at))


def events(found: Listing[PolicyEvent]) -> Reply:
    return items([_event(event) for event in found.items], found.cursor)


def _changed(how: str, message: str, facts: Body, timestamp: str) -> Reply:
    told = {"success": True, "message": message, "operation": _OPERATION[how], "timestamp": timestamp}
    return Reply(200, facts | told)


def _role(role: Role) -> Body:
    return {
        "roleName": role.name,
        "description": role.description,
        "mfaRequired": role.requires_mfa,
        "createdOn": role.created_at and text(role.created_at),
    }


def _membership(one: Membership) -> Body:
    created = one.created_at and text(one.created_at)
    facts = {"userId": one.user, "personId": one.person, "roleName": list(one.roles)}
    return facts | {"createdOn": created, "mfaConfirmedOn": one.mfa_since and text(one.mfa_since)}


def _event(event: PolicyEvent) -> Body:
    return {
        "eventId": event.event_id,
        "event": event.kind,
        "subject": event.subject,
        "timestamp": text(event.at),
        "userId": event.by,
        "personId": event.person,
        "detail": event.detail,
    }
