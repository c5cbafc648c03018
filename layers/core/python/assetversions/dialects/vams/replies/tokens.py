"""API tokens and one's own access as bodies."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.pages import Body, items
from assetversions.dialects.vams.times import text
from assetversions.domain.access_report import AccessReport, Person, Verdict
from assetversions.domain.policy import ApiToken
from assetversions.domain.results.access import Changed, Listing, NewToken


def token_created(made: NewToken) -> Reply:
    return Reply(200, _token(made.token) | {"token": made.secret, "message": "API token created"})


def tokens(found: Listing[ApiToken]) -> Reply:
    return items([_token(token) for token in found.items], found.cursor)


def token_deleted(changed: Changed[ApiToken]) -> Reply:
    return Reply(200, {"tokenId": changed.thing.token_id, "message": "API token revoked"})


def me(report: AccessReport) -> Reply:
    """The last of several is the user that a machine acts for."""
    people = [_person(person) for person in report.people]
    asked = report.question
    body = people[-1] | {"actingFor": people[-1]["userId"] if len(people) > 1 else None, "callers": people}
    if report.route is not None:
        body["api"] = {"route": asked.route} | _verdict(report.route)
    if asked.ref is not None:
        decided = {action: _verdict(verdict) for action, verdict in report.actions.items()}
        body["asset"] = {
            "databaseId": asked.ref.database_id,
            "assetId": asked.ref.public_id,
            "actions": decided,
        }
    return Reply(200, body)


def _person(person: Person) -> Body:
    return {
        "userId": person.user,
        "personId": person.person,
        "kind": person.kind,
        "roles": sorted(person.roles),
        "rolesWithoutMfa": sorted(person.dropped),
        "scopes": None if person.scopes is None else sorted(person.scopes),
    }


def _verdict(verdict: Verdict) -> Body:
    body: Body = {"allowed": verdict.allowed, "rule": verdict.rule, "reason": verdict.reason}
    return body if verdict.allowed else body | {"allowedRoles": list(verdict.roles)}


def _token(token: ApiToken) -> Body:
    return {
        "tokenId": token.token_id,
        "name": token.name,
        "userId": token.user,
        "scopes": None if token.scopes is None else sorted(token.scopes),
        "createdBy": token.created_by,
        "dateCreated": text(token.created_at),
        "expiresAt": text(token.expires_at),
        "lastUsedAt": token.used_at and text(token.used_at),
    }
