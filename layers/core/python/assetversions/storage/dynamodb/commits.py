"""What one commit writes: actions of one transaction, each with what it means that its condition fails."""

from assetversions.domain.commits import Change
from assetversions.domain.errors import Conflict, LostRace, alias_taken
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb import event_items, items, job_items, keys, lives, names, places
from assetversions.storage.dynamodb.actions import Actions, Item


def actions(table: Actions, change: Change) -> list[tuple[Item, Exception]]:
    """The head if it is still the one read, the version, the aliases, the event.

    An alias that another commit has moved shows at the head first.
    """
    ref, lost = change.before.ref, LostRace("Another commit came first; read the asset again.")
    if change.deletes:
        return [(action, lost) for action in lives.ends(table, change)]
    done: list[tuple[Item, Exception]] = []
    done.append((table.put_if(items.from_asset(change.after), items.known(change.before)), lost))
    if change.created is not None:
        done.append((table.put_new(items.from_version(change.created)), lost))
    done += [(table.put(items.from_version(version)), lost) for version in change.updated]
    done += [_moved(table, ref, *moved) for moved in change.aliases]
    if change.job is not None:
        outcome = job_items.job_succeeded(change.event)
        key = keys.job(ref.database_id, ref.asset_id, change.job)
        over = Conflict("This operation has ended already; look at what it came to.")
        done.append((table.set_if(key, outcome, "state", job_items.JOB_OPEN), over))
    beside = (*names.moved(change), *places.tagged(change.after, change.before.tags))
    done += [(table.put(item), lost) for item in beside]
    done.append((table.put_new(event_items.from_event(ref, change.event)), lost))
    return done


def _moved(
    table: Actions, ref: AssetRef, name: str, before: int | None, after: int | None
) -> tuple[Item, Exception]:
    """One that is taken is free, or at the version that it is taken from."""
    key, lost = keys.alias(ref.database_id, ref.asset_id, name), LostRace("The alias has moved.")
    if after is None:
        return table.delete(key), lost
    if before is None:
        return table.put_new({**key, "number": after}), alias_taken(name)
    return table.put_if({**key, "number": after}, {"number": before}), lost
