"""S3's events of an asset, and the messages about the version that is to come of them."""

from assetversions.domain.journal import BUCKET, ChangeKind, PathState, told_set
from assetversions.domain.model import AssetRef, Version
from assetversions.engine import automatic

from tests.support.automatic import Message
from tests.support.world import REF, World


def came(world: World, *paths: str, kind: ChangeKind = ChangeKind.PUT, ref: AssetRef = REF) -> None:
    """S3 tells of what was done last at each of these paths."""
    services, now = world.services(BUCKET), world.clock.now()
    states = [
        PathState(path, None, world.files.history(ref, path)[-1].version_id, at=int(now.timestamp()))
        for path in paths
    ]
    set_id = f"{kind} {' '.join(f'{state.path} {state.after}' for state in states)}"
    change = told_set(set_id, kind, now)
    services.journal.record(ref, change, states)
    asset, database = services.records.asset(ref), services.records.database(ref.database_id)
    assert asset is not None and database is not None
    automatic.changed(services, asset, [change], database)


def delivered(world: World, message: Message) -> None:
    """SQS brings a message, maybe not for the first time."""
    services = world.services(BUCKET)

    def work() -> None:
        automatic.make_due(services, message.ref, lambda _person, user: world.services(user))

    automatic.take_turn(services, message.ref, message.turn, work)


def all_delivered(world: World) -> None:
    """All that lie there now, in order."""
    messages, world.automatic.messages = world.automatic.messages, []
    for message in messages:
        delivered(world, message)


def later(world: World, seconds: int = 60) -> None:
    """Time goes by, and then whatever messages there are come."""
    world.clock.advance(seconds)
    all_delivered(world)


def only(world: World) -> Version:
    (version,) = world.versions()
    return version
