"""Whatever is created, cloned, published and deleted: the head and the lists say what a plain model says."""

from typing import Any

import pytest
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    CloneVersion,
    DeleteVersion,
    ListVersions,
    PublishVersion,
    UnarchiveVersion,
    Which,
)
from assetversions.domain.errors import Conflict, Invalid, NotFound
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.list_versions import list_versions
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.unarchive_version import unarchive_version
from hypothesis import given
from hypothesis import strategies as st

from tests.support import REF, World

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMBERS = st.integers(1, 12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("create"), st.sampled_from([None, "A", "B", "C", "one", "two"])),
        st.tuples(st.just("bump"), st.none()),
        st.tuples(
            st.sampled_from(["delete", "clone", "publish", "release", "archive", "unarchive"]), NUMBERS
        ),
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
        self.archived: set[int] = set()
        self.released: set[int] = set()

    @property
    def left(self) -> list[int]:
        return [number for number in range(1, len(self.labels) + 1) if number not in self.gone]

    @property
    def revisions(self) -> tuple[tuple[str, int | None], ...]:
        def tip(label: str) -> int | None:
            return max((one for one in self.left if self.labels[one - 1] == label), default=None)

        return tuple((label, tip(label)) for label in dict.fromkeys(self.labels))

    @property
    def releases(self) -> set[int]:
        """The newest of each revision that was ever published and is left."""
        last = {self.labels[number - 1]: number for number in self.left if number in self.released}
        return set(last.values())

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
            self.current = max(set(self.left) - self.archived, default=None)

    def publish(self, number: int) -> None:
        if self.published:
            self.archived.add(self.published)
        self.archived.discard(number)
        self.released.add(number)
        self.published = number
        self.current = self.current or number

    def archive(self, number: int) -> None:
        self.archived.add(number)
        if self.published == number:
            self.published = None

    def unarchive(self, number: int) -> None:
        if number in self.released:
            self.publish(number)
        else:
            self.archived.discard(number)
            self.current = self.current or number


def run(world: World, kind: str, value: Any) -> None:
    if kind in {"create", "bump"}:
        world.create(revision=value, bump_revision=kind == "bump")
        return
    of = VersionRef(number=value)
    steps: dict[str, tuple[Any, Any]] = {
        "delete": (delete_version, DeleteVersion(REF, of)),
        "clone": (clone_version, CloneVersion(REF, of)),
        "release": (clone_version, CloneVersion(REF, of, publish=True)),
        "publish": (publish_version, PublishVersion(REF, of)),
        "archive": (archive_version, ArchiveVersion(REF, of)),
        "unarchive": (unarchive_version, UnarchiveVersion(REF, of)),
    }
    world.run(*steps[kind])


def expect(model: Model, kind: str, value: Any) -> bool:
    """Do it to the model; whether it is allowed."""
    aside = kind in {"clone", "release"}
    if aside or kind in {"create", "bump"}:
        label = model.label(kind, value)
        if label is None or (aside and value not in model.left):
            return False
        model.make(label, aside)
        if kind == "release":
            model.publish(len(model.labels))
        return True
    refused: dict[str, set[Any]] = {"publish": {model.published}, "archive": model.archived}
    if kind == "unarchive":
        refused[kind] = set(model.left) - model.archived
    if value not in model.left or value in refused.get(kind, set()):
        return False
    getattr(model, kind)(value)
    return True


def listed(world: World, which: Which, *, oldest_first: bool) -> list[int]:
    command = ListVersions(REF, Page(1000), True, which=which, oldest_first=oldest_first)
    page = world.run(list_versions, command)
    assert page.total == len(page.versions)
    return [version.number for version in page.versions]


def check(world: World, model: Model) -> None:
    head = world.head()
    assert tuple(one[:2] for one in head.revisions) == model.revisions
    assert (head.newest, head.deleted) == (max(model.left, default=None), len(model.gone))
    assert (head.latest, head.remaining) == (len(model.labels), len(model.left))
    assert (head.current, head.published) == (model.current, model.published)
    tips = {tip for _, tip in model.revisions if tip}
    published, released = {model.published} - {None}, model.releases
    wanted: dict[Which, set[Any]] = {Which.ALL: set(model.left), Which.TIPS: tips, Which.PUBLISHED: published,
              Which.RELEASED: released, Which.RELEASED_AND_TIPS: tips | released}  # fmt: skip
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
