"""Both permission tiers, decided on one read: the asset's head, the policy's revision, the memberships."""

from dataclasses import dataclass
from typing import Any

from authz.guard import API, ASSET, Guard
from authz.identity import Identity
from authz.rules import Rule

from assetversions.domain.errors import Forbidden, NotFound
from assetversions.domain.ids import uid_text
from assetversions.domain.model import Asset, AssetRef, AssetUid
from assetversions.operations.operation import Operation, attributes
from assetversions.storage import items, keys, policies
from assetversions.storage.table import Table


@dataclass(frozen=True)
class AssetGuard:
    """The asset tier, for one caller."""

    guard: Guard
    identity: Identity

    def allows(self, action: str, attributes: dict[str, Any]) -> bool:
        return self.guard.allows(ASSET, self.identity, action, attributes)


class Admission:
    """Keeps the guard of a container, and builds it anew when the policy's revision moves."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._guard = Guard([])
        self._revision = 0

    def admit(
        self, identity: Identity, operation: Operation, route_key: str, ref: AssetRef | AssetUid | None
    ) -> tuple[AssetGuard, Asset | None]:
        """Let the caller in, or raise: Forbidden by either tier, NotFound for an unknown asset."""
        if isinstance(ref, AssetUid):
            return self._admit_by_uid(identity, operation, route_key, ref)
        wanted = [policies.REVISION_KEY, policies.membership_key(identity.user)]
        if ref is not None:
            wanted.append(keys.head(ref.database_id, ref.asset_id))
        revision, membership, *head = self._table.get_many(wanted)
        caller = identity.with_roles(policies.roles(membership))
        guard = self._guard_at(policies.revision(revision))
        action = operation.action or ""
        if not guard.allows(API, caller, action, {"operation": operation.name, "route": route_key}):
            raise Forbidden(f"You are not allowed to call {route_key}.")
        access = AssetGuard(guard, caller)
        if ref is None:
            return access, None
        if head[0] is None:
            raise self._unknown(ref)
        asset = items.to_asset(head[0])
        if not access.allows(action, attributes(asset)):
            raise Forbidden(f"You are not allowed to {action} asset '{ref.asset_id}'.")
        return access, asset

    def _admit_by_uid(
        self, identity: Identity, operation: Operation, route_key: str, name: AssetUid
    ) -> tuple[AssetGuard, Asset | None]:
        found = self._table.get(keys.asset_by_uid(uid_text(name.uid)))
        ref = None if found is None else items.to_ref(found)
        admitted = self.admit(identity, operation, route_key, ref)
        if ref is None:
            raise NotFound("asset", name.text)
        return admitted

    def _guard_at(self, revision: int) -> Guard:
        if revision != self._revision:
            self._guard = Guard(Rule.model_validate(rule) for rule in policies.rules(self._table))
            self._revision = revision
        return self._guard

    def _unknown(self, ref: AssetRef) -> NotFound:
        if self._table.get(keys.database(ref.database_id)) is None:
            return NotFound("database", ref.database_id)
        return NotFound("asset", ref.asset_id)
