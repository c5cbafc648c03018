"""A clone has what its source says of itself, and a history of its own."""

from assetversions.domain.commands.versions import CloneVersion
from assetversions.domain.model import Origin, OriginKind, State, Version
from assetversions.domain.variables import Behavior, Kind, Variable
from assetversions.operations.versions.clone_version import clone_version

from tests.support import REF, World, number

NAME = Variable("name", Kind.VALUE, Behavior.OPTIONAL, True)


def clone(world: World, of: int, user: str = "ann", **facts: object) -> Version:
    version: Version = world.run(clone_version, CloneVersion(REF, number(of), **facts), user).version  # type: ignore[arg-type]
    return version


def test_it_holds_and_says_what_its_source_does(world: World):
    world.put(a_txt="a")
    source = world.create(description="Floor 3", comment="mine", alias="gold", variables=(NAME,)).version
    world.put(a_txt="A")
    made = clone(world, 1)
    for name in ("description", "manifest", "files", "bytes", "content", "variables"):
        assert getattr(made, name) == getattr(source, name), name
    assert world.content(made) == {"a.txt": b"a"}


def test_its_comment_its_author_and_its_state_are_its_own(world: World):
    world.create(comment="mine", alias="gold")
    world.clock.advance(60)
    made = clone(world, 1, "bob", comment="a copy")
    assert (made.comment, made.alias, made.created_by, made.created_at) == (
        "a copy",
        None,
        "bob",
        world.clock.now(),
    )
    assert (made.state, made.open, made.origin) == (State.DRAFT, True, Origin(OriginKind.CLONED, 1))
