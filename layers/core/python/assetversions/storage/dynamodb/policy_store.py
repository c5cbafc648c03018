"""Rules, roles, memberships and API tokens in DynamoDB; every change moves the revision and is on record."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from assetversions.domain import api_tokens
from assetversions.domain.errors import Busy, LostRace
from assetversions.domain.once import Receipt
from assetversions.domain.policy import ApiToken, Membership, PolicyChange, PolicyEvent, PolicyRule, Role
from assetversions.storage.dynamodb import keys, policy_items, policy_snapshot, receipts, token_keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.items import time_text
from assetversions.storage.dynamodb.table import CONDITION_FAILED, OVERLOADED, Cancelled, Table

# Of a list of everybody's tokens, so many are read at once.
AT_ONCE = 100


class PolicyStore:
    """The `Policies` port over one table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def revision(self, person: str | None = None) -> int:
        return policy_snapshot.revision(self._table.get(_revision_key(person)))

    def rule(self, rule_id: str) -> PolicyRule | None:
        item = self._table.get(keys.rule(rule_id))
        return None if item is None else policy_items.to_rule(item)

    def rules(self, after: str | None, page: int | None = None) -> Iterator[PolicyRule]:
        start = None if after is None else keys.rule(after)
        found = self._table.query(keys.POLICY, prefix=keys.RULE_PREFIX, after=start, page=page)
        return (policy_items.to_rule(item) for item in found)

    def role(self, name: str) -> Role | None:
        item = self._table.get(keys.role(name))
        return None if item is None else policy_items.to_role(item)

    def roles(self, after: str | None, page: int | None = None) -> Iterator[Role]:
        start = None if after is None else keys.role(after)
        found = self._table.query(keys.POLICY, prefix=keys.ROLE_PREFIX, after=start, page=page)
        return (policy_items.to_role(item) for item in found)

    def membership(self, person: str) -> Membership | None:
        item = self._table.get(keys.membership(person))
        return None if item is None else policy_items.to_membership(item)

    def memberships(self, after: str | None, page: int | None = None) -> Iterator[Membership]:
        start = None if after is None else keys.membership(after)
        found = self._table.query(keys.MEMBERS, after=start, page=page)
        return (policy_items.to_membership(item) for item in found)

    def token(self, token_id: str) -> ApiToken | None:
        person = api_tokens.person(token_id)
        if person is None:
            place = api_tokens.uuid(token_id) and self._table.get(token_keys.by_uuid(token_id))
            return self.token(place["token_id"]) if place else None
        item = self._table.get(token_keys.api_token(person, token_id))
        return policy_items.to_token(item) if item else None

    def all_tokens(self, after: str | None) -> Iterator[ApiToken]:
        for digit in token_keys.SHARES:
            if after is not None and digit < after[:1]:
                continue
            start = token_keys.by_uuid(after) if after is not None and digit == after[:1] else None
            places = self._table.query(token_keys.share(digit), after=start)
            while some := list(islice(places, AT_ONCE)):
                found = self._table.get_many([_of_place(place["token_id"]) for place in some])
                yield from (policy_items.to_token(item) for item in found if item is not None)

    def tokens(self, person: str, after: str | None = None, page: int | None = None) -> Iterator[ApiToken]:
        start = None if after is None else token_keys.api_token(person, after)
        found = self._table.query(
            token_keys.tokens(person), prefix=token_keys.TOKEN_PREFIX, after=start, page=page
        )
        return (policy_items.to_token(item) for item in found)

    def events(self, before: str | None, page: int) -> Iterator[PolicyEvent]:
        start = None if before is None else keys.policy_event(before)
        found = self._table.query(keys.POLICY_EVENTS, after=start, newest_first=True, page=page)
        return (policy_items.to_event(item) for item in found)

    def commit(
        self, change: PolicyChange, seen: int, receipt: Receipt | None = None, person: str | None = None
    ) -> None:
        """The thing, the revision if it is still the one seen, and the event, in one transaction."""
        event = policy_items.from_event(change.event, change.before, change.after)
        things = [self._thing(change), *self._place(change)]
        actions = [*things, self._table.put_new(event), *self._moved(seen, person)]
        try:
            receipts.together(self._table, actions, receipt, self._table.transact)
        except Cancelled as cancelled:
            if {CONDITION_FAILED, "TransactionConflict"} & set(cancelled.codes):
                raise LostRace("Another change came first; read it again.") from cancelled
            if OVERLOADED & set(cancelled.codes):
                raise Busy("The store is overloaded; send the request again.") from cancelled
            raise

    def record(self, event: PolicyEvent, until: datetime) -> None:
        """Keep an event that changed nothing, for a while: a write that was refused."""
        item = {**policy_items.from_event(event), keys.EXPIRES: int(until.timestamp())}
        self._table.write(self._table.put_new(item))

    def touch(self, token: ApiToken, at: datetime) -> None:
        """Note when a token was used; a token that was revoked meanwhile stays so."""
        self._table.update_existing(
            token_keys.api_token(token.person, token.token_id), "used_at", time_text(at)
        )

    def _moved(self, seen: int, person: str | None) -> list[Item]:
        if person is None:
            return policy_snapshot.moved_policy(self._table, seen)
        return [policy_snapshot.move_revision(self._table, seen, token_keys.revision(person))]

    def _thing(self, change: PolicyChange) -> Item:
        if change.after is None:
            assert change.before is not None
            return self._table.delete_existing(policy_items.key(change.before))
        item = policy_items.from_thing(change.after)
        return self._table.put_new(item) if change.before is None else self._table.put(item)

    def _place(self, change: PolicyChange) -> list[Item]:
        """What leads from an API token's UUID to it, as the token is or is no more."""
        token = change.after or change.before
        uuid = api_tokens.uuid(token.token_id) if isinstance(token, ApiToken) else None
        if not isinstance(token, ApiToken) or uuid is None:
            return []
        if change.after is None:
            return [self._table.delete(token_keys.by_uuid(uuid))]
        return [self._table.put(policy_items.from_place(token, uuid))]


def _of_place(token_id: str) -> keys.Key:
    person = api_tokens.person(token_id)
    assert person is not None
    return token_keys.api_token(person, token_id)


def _revision_key(person: str | None) -> keys.Key:
    """Of the policy, or of one person's API tokens: theirs are no concern of anybody else's requests."""
    return policy_snapshot.REVISION_KEY if person is None else token_keys.revision(person)
