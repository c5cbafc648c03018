"""Whatever is created, cloned, published and deleted: the head and the lists say what a plain model says."""

from typing import Any

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import (
    CloneVersion,
    DeleteVersion,
    ListVersions,
    PublishVersion,
    Which,
)
from assetversions.domain.errors import Conflict, Invalid, NotFound
from assetversions.domain.revision_labels import Revision
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.list_versions import list_versions
from assetversions.operations.versions.publish_version import publish_version
from hypothesis import given
from hypothesis import strategies as st

from tests.support import REF, World, number

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMBERS = st.integers(1, 12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("create"), st.sampled_from([None, "A", "B", "C", "one", "two"])),
        st.tuples(st.just("bump"), st.none()),
        st.tuples(st.sampled_from(["delete", "clone", "publish"]), NUMBERS),
    ),
    max_size=25,
)


class Model:
    """The versions in order, each with its label; nothing is kept that can be counted."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.gone: set[int] = set()
        self.current: int | None = None
        self.published: int | None = None

    @property
    def left(self) -> list[int]:
        return [number for number in range(1, len(self.labels) + 1) if number not in self.gone]

    @property
    def revisions(self) -> tuple[Revision, ...]:
        def tip(label: str) -> int | None:
            return max((one for one in self.left if self.labels[one - 1] == label), default=None)

        return tuple(Revision(label, tip(label)) for label in dict.fromkeys(self.labels))

    def label(self, kind: str, given: Any) -> str | None:
        """Of the next version; None where it is refused. No test comes to more than 26 bumps."""
        last = self.labels[-1] if self.labels else None
        label = given if kind == "create" and given else last or "A"
        if kind == "bump" and last is not None:
            if last not in LETTERS:
                return None
            later = LETTERS[LETTERS.index(last) + 1 :]
            label = next(letter for letter in later if letter not in self.labels)
        return None if label in self.labels and label != last else label

    def make(self, label: str, aside: bool) -> None:
        self.labels.append(label)
        if not aside or self.current is None:
            self.current = len(self.labels)

    def delete(self, number: int) -> None:
        self.gone.add(number)
        if self.published == number:
            self.published = None
        if self.current == number:
            self.current = max(self.left, default=None)


def run(world: World, kind: str, value: Any) -> None:
    match kind:
        case "create":
            world.create(revision=value)
        case "bump":
            world.create(bump_revision=True)
        case "delete":
            world.run(delete_version, DeleteVersion(REF, number(value)))
        case "clone":
            world.run(clone_version, CloneVersion(REF, number(value)))
        case "publish":
            world.run(publish_version, PublishVersion(REF, number(value)))


def expect(model: Model, kind: str, value: Any) -> bool:
    """Do it to the model; whether it is allowed."""
    if kind in {"create", "bump", "clone"}:
        label = model.label(kind, value)
        if label is None or (kind == "clone" and value not in model.left):
            return False
        model.make(label, aside=kind == "clone")
        return True
    if value not in model.left or (kind == "publish" and model.published == value):
        return False
    if kind == "delete":
        model.delete(value)
    else:
        model.published = value
    return True


def listed(world: World, which: Which, *, oldest_first: bool) -> list[int]:
    command = ListVersions(REF, Page(1000), True, which=which, oldest_first=oldest_first)
    page = world.run(list_versions, command)
    assert page.total == len(page.versions)
    return [version.number for version in page.versions]


def check(world: World, model: Model) -> None:
    head = world.head()
    assert head.revisions == model.revisions
    assert (head.newest, head.deleted) == (max(model.left, default=None), len(model.gone))
    assert (head.latest, head.remaining) == (len(model.labels), len(model.left))
    assert (head.current, head.published) == (model.current, model.published)
    tips = {revision.tip for revision in model.revisions if revision.tip}
    published = {model.published} - {None}
    wanted: dict[Which, set[Any]] = {Which.ALL: set(model.left), Which.TIPS: tips, Which.PUBLISHED: published,
              Which.PUBLISHED_AND_TIPS: tips | published}  # fmt: skip
    for which, numbers in wanted.items():
        assert listed(world, which, oldest_first=True) == sorted(numbers)
        assert listed(world, which, oldest_first=False) == sorted(numbers, reverse=True)


@given(STEPS)
def test_the_head_and_the_lists_say_what_the_model_says(steps: list[tuple[str, Any]]) -> None:
    world, model = World(), Model()
    for kind, value in steps:
        if expect(model, kind, value):
            run(world, kind, value)
        else:
            with pytest.raises((Conflict, Invalid, NotFound)):
                run(world, kind, value)
        check(world, model)
