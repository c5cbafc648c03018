"""Several who store a text as a version's content at once all get their version, whoever goes next."""

import pytest
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.content import InlineContent
from assetversions.domain.commands.versions import CreateVersion, UpdateVersion
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.update_version import update_version

from tests.simulation.oracle import REF
from tests.simulation.requests import End, Request, ask, attempt
from tests.simulation.virtual import virtual_time
from tests.simulation.world import World

CLIENTS = ("ann", "bob", "cyd")


def text(client: str) -> InlineContent:
    return InlineContent(f"of {client}", "text/plain", "z")


@pytest.mark.parametrize("seed", range(20))
def test_nobody_is_refused(seed: int):
    with virtual_time():
        world = World(seed)
        world.weather.calm()
        world.scheduler.pace, world.scheduler.leaps = 10, 0.0  # milliseconds for a call, as AWS takes
        first = Request("ann", create_version, CreateVersion(REF, content=text("ann"), open=True))
        world.scheduler.spawn(world.scheduler.new_process("ann"), lambda: ask(world, first))
        world.scheduler.run()
        draft = VersionRef(number=1)
        asked = [Request(one, create_version, CreateVersion(REF, content=text(one))) for one in CLIENTS]
        asked += [
            Request(one, update_version, UpdateVersion(REF, draft, content=text(one))) for one in CLIENTS
        ]
        for one in asked:
            attempt(world, one)
        world.scheduler.run()
        assert [one.end for one in (first, *asked)] == [End.DONE] * 7, [
            one.attempts[0].value for one in asked
        ]
        assert sorted(world.oracle.commits) == [1, 2, 3, 4]
        assert world.oracle.open_sets == {}
        after = Request("ann", create_version, CreateVersion(REF))
        attempt(world, after)
        world.scheduler.run()
        held = world.content(after.attempts[0].value.version)["z"]
        assert held == world.oracle.bucket["z"].now
        assert held in {text(one).text for one in CLIENTS}
