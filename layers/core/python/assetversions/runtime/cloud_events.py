"""Events as the world gets them: CloudEvents 1.0, with the ids of all APIs; docs/events has the schemas."""

from typing import Any

from assetversions.dialects.autodesk_dm import ids as data_management
from assetversions.dialects.common.times import milliseconds
from assetversions.dialects.disguise import ids as disguise
from assetversions.dialects.posta import ids as posta
from assetversions.dialects.vams import ids as vams
from assetversions.domain.commits import Move
from assetversions.domain.event_log import ALIAS, CURRENT, PUBLISHED
from assetversions.domain.ids import version_id
from assetversions.domain.model import AssetRef
from assetversions.domain.outbox import FILES_CHANGED, Told
from assetversions.domain.policy import PolicyEvent
from assetversions.domain.webhooks import DISABLED
from assetversions.runtime.audit import REFUSED

NAME = "asset-versions"
POLICY_CHANGED = "policy.changed"
# Of those that only admins hear of.
_OF_THEIR_OWN = frozenset({REFUSED, DISABLED})
_POINTERS = frozenset({CURRENT, PUBLISHED, ALIAS})

Body = dict[str, Any]


def of_asset(told: Told, uid: int) -> Body:
    """What is told of an asset; `uid` is the asset's."""
    event, ref = told.event, told.ref
    data: Body = {
        "databaseId": ref.database_id,
        "assetId": ref.public_id,
        "version": event.number or None,
        "ids": spelled(ref, uid, event.number),
        "by": {"name": event.by, "person": event.person or None},
        "changes": [_change(move) for move in event.moves],
        "details": event.detail,
    }
    if event.kind == FILES_CHANGED:
        data["files"] = [{"path": one.path, "before": one.before, "after": one.after} for one in told.files]
    # The order of an asset's commits; what is no commit has no place in it.
    order = {"sequence": str(event.rev), "sequencetype": "Integer"} if event.rev else {}
    at = milliseconds(event.at)
    return _envelope(event.event_id, event.kind, f"{ref.database_id}/{ref.public_id}", at, data) | order


def of_policy(event: PolicyEvent) -> Body:
    data = {
        "event": event.kind,
        "subject": event.subject,
        "by": {"name": event.by, "person": event.person or None},
        "details": event.detail,
    }
    kind = event.kind if event.kind in _OF_THEIR_OWN else POLICY_CHANGED
    return _envelope(event.event_id, kind, event.subject, milliseconds(event.at), data)


def spelled(ref: AssetRef, uid: int, number: int) -> Body:
    """The asset, and its version where there is one, as each API names them."""
    version = version_id(uid, number) if number else None
    return {
        "vams": {
            "databaseId": ref.database_id,
            "assetId": ref.public_id,
            "assetVersionId": version and vams.spell(version),
        },
        "posta": {"assetId": posta.spell_asset(uid), "versionId": version and posta.spell_version(version)},
        "autodeskDataManagement": {
            "projectId": ref.database_id,
            "itemId": data_management.spell_item(uid),
            "versionId": data_management.spell_version(uid, number) if number else None,
        },
        "autodeskVault": {
            "vaultId": ref.database_id,
            "itemId": ref.public_id,
            "itemVersionId": version and str(version),
        },
        "disguise": {
            "driveId": ref.database_id,
            "contentId": disguise.spell_asset(uid),
            "versionId": version and str(version),
        },
    }


def _change(move: Move) -> Body:
    """Pointers and aliases move between numbers; anything else is a fact of the version that it names."""
    whose: Body = {"alias": move.name} if move.what == ALIAS else {}
    if move.what not in _POINTERS:
        whose = {"version": int(move.name)}
    return {"what": move.what, **whose, "before": move.before, "after": move.after}


def _envelope(event_id: str, kind: str, subject: str, at: str, data: Body) -> Body:
    return {
        "specversion": "1.0",
        "id": event_id,
        "source": NAME,
        "type": f"{NAME}.{kind}",
        "subject": subject,
        "time": at,
        "datacontenttype": "application/json",
        "dataschema": f"urn:{NAME}:events:v1:{kind}",
        "data": data,
    }
