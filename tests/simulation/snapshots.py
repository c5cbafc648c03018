"""Promise 9: what a version of the working files holds is a state that the asset had."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.model import OriginKind

from tests.simulation.oracle import Commit, Timeline
from tests.simulation.run import Run

Content = dict[str, str]


@dataclass
class Snapshot:
    """A version of the working files, and the steps between which they were read: `first` to `last`."""

    number: int
    content: Content
    first: int
    last: int
    created: bool

    def at(self, path: str) -> str | None:
        return self.content.get(path)


def snapshots(run: Run) -> list[Snapshot]:
    """Those of the working files, in order."""
    return [
        Snapshot(
            number,
            run.world.content(commit.version),
            began(commit),
            commit.tick,
            commit.version.origin.kind in {OriginKind.CREATED, OriginKind.UPLOADED},
        )
        for number, commit in sorted(run.world.oracle.commits.items())
        if _of_working_files(commit)
    ]


def began(commit: Commit) -> int:
    """Of the attempt; of the whole job, where it restores."""
    process = commit.process
    if commit.version.origin.kind is OriginKind.REVERTED:
        return int(process.facts.get("began", process.began))
    return process.began


def _of_working_files(commit: Commit) -> bool:
    command = command_of(commit)
    if isinstance(command, CreateVersion):
        return command.pins is None and command.as_of is None and command.content is None
    return commit.version.origin.kind in {OriginKind.REVERTED, OriginKind.UPLOADED}


def command_of(commit: Commit) -> object:
    facts = commit.process.facts
    return facts["request"].command if "request" in facts else facts.get("command")


def check(run: Run) -> Iterator[str]:
    """A sentence for each breach."""
    taken = snapshots(run)
    for one in taken:
        yield from _each_path_was_so(run, one)
        if one.created:  # a restore hides files itself
            yield from _renamed_files_are_there(run, one)
        if one.created and not run.world.foreign:
            yield from _of_one_instant(run, one)
    for earlier, later in pairwise(taken):
        yield from _never_older(run, earlier, later)


def _lines(run: Run, path: str) -> tuple[Timeline, Timeline]:
    oracle = run.world.oracle
    return oracle.shown.get(path, Timeline()), oracle.bucket.get(path, Timeline())


def _each_path_was_so(run: Run, one: Snapshot) -> Iterator[str]:
    """What stands still throughout is in it, and everything in it stood there at some step."""
    for path in {*run.world.oracle.bucket, *one.content}:
        shown, bucket = _lines(run, path)
        may_be = shown.values(one.first, one.last)
        if run.world.foreign:
            may_be |= bucket.values(one.first, one.last) | run.world.oracle.stood_before.get(path, set())
        if one.at(path) not in may_be:
            yield (
                f"promise 9: version {one.number} holds {_short(one.at(path))} at '{path}', where "
                f"{sorted(map(_short, may_be))} stood between steps {one.first} and {one.last}"
            )


def _renamed_files_are_there(run: Run, one: Snapshot) -> Iterator[str]:
    """Under one name at least, where there always was one to be seen."""
    for old, new in run.stranger.renames:
        here, there = _lines(run, old)[0], _lines(run, new)[0]
        gone = [(start, end) for start, end, value in here.spans(one.first, one.last) if value is None]
        missing = any(value is None for start, end in gone for value in there.values(start, end))
        if not missing and one.at(old) is None and one.at(new) is None:
            yield f"promise 9b: version {one.number} lost the file renamed from '{old}' to '{new}'"


def _of_one_instant(run: Run, one: Snapshot) -> Iterator[str]:
    lines = run.world.oracle.shown
    for tick in range(one.first, one.last + 1):
        if all(line.at(tick) == one.at(path) for path, line in lines.items()):
            return
    yield f"promise 9a: version {one.number} is no state that the asset had at one instant"


def _never_older(run: Run, earlier: Snapshot, later: Snapshot) -> Iterator[str]:
    for path in {*earlier.content, *later.content}:
        before, after = earlier.at(path), later.at(path)
        if before == after or (run.world.foreign and after in run.world.oracle.archived.get(path, ())):
            continue
        shown, bucket = _lines(run, path)
        lines = [shown, bucket] if run.world.foreign else [shown]
        since = min(_starts(lines, before, earlier), default=0)
        until = max(_ends(lines, after, later), default=10**9)
        if until < since:
            yield (
                f"promise 9c: version {later.number} holds {_short(after)} at '{path}', older than "
                f"{_short(before)} of version {earlier.number}"
            )


def _starts(lines: list[Timeline], value: str | None, one: Snapshot) -> Iterator[int]:
    return (start for line in lines for start, _, held in line.spans(one.first, one.last) if held == value)


def _ends(lines: list[Timeline], value: str | None, one: Snapshot) -> Iterator[int]:
    return (end for line in lines for _, end, held in line.spans(one.first, one.last) if held == value)


def _short(value: str | None) -> str:
    return "nothing" if value is None else repr(value)
