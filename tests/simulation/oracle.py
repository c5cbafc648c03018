"""What was true at every step, whoever asked: the bucket's files, what of our changes counts, each commit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from assetversions.domain.journal import ChangeKind, FilePlace
from assetversions.domain.model import AssetRef, Version
from assetversions.storage.dynamodb import items, keys
from assetversions.storage.s3.transfers import MARK

from tests.simulation.bucket import Stored
from tests.simulation.scheduler import Process, Scheduler

REF = AssetRef("db", "a")
PREFIX = "db/a/"
HIDES = (ChangeKind.ARCHIVE, ChangeKind.MOVE)
COPIES = (ChangeKind.UNARCHIVE, ChangeKind.REVERT, ChangeKind.COPY, ChangeKind.MOVE)
Item = dict[str, Any]
Key = tuple[str, str]


class Timeline:
    """A value, and since which step it holds."""

    def __init__(self) -> None:
        self._moves: list[tuple[int, str | None]] = [(0, None)]

    def move(self, tick: int, value: str | None) -> None:
        if value != self._moves[-1][1]:
            self._moves.append((tick, value))

    @property
    def now(self) -> str | None:
        return self._moves[-1][1]

    def spans(self, first: int, last: int) -> Iterator[tuple[int, int, str | None]]:
        """From when to when which value held, within these steps."""
        ends = [tick for tick, _ in self._moves[1:]] + [last + 1]
        for (start, value), end in zip(self._moves, ends, strict=True):
            if start <= last and end > first:
                yield max(start, first), min(end - 1, last), value

    def values(self, first: int, last: int) -> set[str | None]:
        return {value for _, _, value in self.spans(first, last)}

    def at(self, tick: int) -> str | None:
        return next(value for _, _, value in self.spans(tick, tick))


def _leaving(kind: str, states: list[list[Any]]) -> list[list[Any]]:
    """Those that a change hides."""
    return [state for state in states if kind == ChangeKind.ARCHIVE or (kind in HIDES and not state[5])]


def _text(body: bytes | None) -> str | None:
    """What stands for an object version: two with the same bytes are as good as one."""
    return None if body is None else body.decode()


@dataclass
class Commit:
    """A version as it was first written, by whom and when."""

    tick: int
    process: Process
    version: Version


@dataclass
class Oracle:
    """`bucket` and `shown` are by path; `shown` takes a change of several files as one."""

    scheduler: Scheduler
    bucket: dict[str, Timeline] = field(default_factory=dict)
    shown: dict[str, Timeline] = field(default_factory=dict)
    commits: dict[int, Commit] = field(default_factory=dict)
    # Every state of every version, and of the head.
    versions: dict[int, list[tuple[int, Version]]] = field(default_factory=dict)
    heads: list[tuple[int, Item]] = field(default_factory=list)
    aliases: dict[str, int] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    # The paths of each open change set, its kind and what it puts, and the paths of sets that were ever
    # open, for those who end them.
    open_sets: dict[str, frozenset[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    set_paths: dict[str, frozenset[str]] = field(default_factory=dict)
    table: dict[Key, Item] = field(default_factory=dict)
    histories: dict[str, list[Stored]] = field(default_factory=dict)
    # What stood at a path when an archiving of it began that is still open.
    hidden: dict[str, str | None] = field(default_factory=dict)
    archived: dict[str, set[str | None]] = field(default_factory=dict)
    stood_before: dict[str, set[str | None]] = field(default_factory=dict)
    # The object versions that were there when a change began that copies to its paths, and is still open;
    # and what comes from other paths.
    before: dict[str, set[str]] = field(default_factory=dict)
    coming: dict[str, dict[str, bytes | None]] = field(default_factory=dict)

    def changed(self, key: str, history: list[Stored]) -> None:
        """The bucket tells."""
        path, tick, process = key.removeprefix(PREFIX), self.scheduler.tick, self.scheduler.process
        if process is not None:
            process.touched.add(path)
        self.histories[path] = history
        self._of(self.bucket, path).move(tick, _text(history[-1].body) if history else None)
        self._show(path)

    def written(self, changes: list[tuple[Key, Item | None, Item | None]]) -> None:
        """The table tells."""
        process = self.scheduler.process
        for (partition, sort), before, after in changes:
            if partition != keys.asset_partition(REF.database_id, REF.asset_id):
                continue
            if process is not None:
                process.facts.setdefault("wrote", []).append(sort)
            self._take_in(sort, before, after)
        newest = (moves[-1][1] for moves in self.versions.values())
        named = [(name, version.number) for version in newest for name in version.aliases]
        self.hold(sorted(named) == sorted(self.aliases.items()), 4, f"aliases {named} are {self.aliases}")

    def _take_in(self, sort: str, before: Item | None, after: Item | None) -> None:
        if sort.startswith(keys.CHANGE_PREFIX):
            set_id, _, closed = sort.removeprefix(keys.CHANGE_PREFIX).partition("#")
            if not closed:
                self._set(set_id, after)
        elif sort.startswith(keys.VERSION_PREFIX):
            self._version(before, after)
        elif sort == keys.HEAD and after is not None:
            self._head(before, after)
        elif sort.startswith("ALIAS#"):
            self._alias(sort.removeprefix("ALIAS#"), after)
        elif sort.startswith(keys.EVENT_PREFIX):
            self.hold(before is None and after is not None, 6, f"event {sort} was written over")
            self.events.append(sort)

    def hold(self, holds: object, promise: int, otherwise: str) -> None:
        if not holds:
            self.wrong.append(f"promise {promise}, step {self.scheduler.tick}: {otherwise}")

    def states(self, number: int, first: int, last: int) -> list[tuple[int, Version]]:
        """What a version was within these steps, and since when."""
        line = self.versions.get(number, [])
        before = [one for one in line if one[0] <= first][-1:]
        return before + [one for one in line if first < one[0] <= last]

    @staticmethod
    def _of(lines: dict[str, Timeline], path: str) -> Timeline:
        return lines.setdefault(path, Timeline())

    def _set(self, set_id: str, item: Item | None) -> None:
        """While a set is open its paths stand still."""
        if item is not None and (item["claimed"] or ChangeKind(item["kind"]).plain):
            return
        if item is not None and item["closed_at"] is None:
            rows = [
                self.table.get(self._key(keys.changing_paths("db", "a", set_id, item["attempt"], number)))
                for number in range(int(item["chunks"]))
            ]
            states = [state for row in (item, *rows) if row is not None for state in row["paths"]]
            paths = frozenset(state[0] for state in states)
            self.kinds[set_id] = item["kind"]
            self.marks[set_id] = set_id if item["kind"] == ChangeKind.UPLOAD else item["attempt"]
            self._remember(states, self.stood_before)
            if leaving := _leaving(item["kind"], states):
                for path in {state[0] for state in leaving} - self.hidden.keys():
                    self.hidden[path] = self._of(self.shown, path).now
                self._remember(leaving, self.archived)
            if item["kind"] in COPIES and set_id not in self.open_sets:
                self.before[set_id] = {
                    one.version_id for path in paths for one in self.histories.get(path, [])
                }
                self.coming[set_id] = {state[0]: self._body(state) for state in states if state[5]}
            self.open_sets[set_id] = self.set_paths[set_id] = paths
            return
        self.before.pop(set_id, None)
        self.coming.pop(set_id, None)
        for path in self.open_sets.pop(set_id, frozenset()):
            archived = {one for one in self.open_sets if self.kinds[one] in HIDES}
            if not any(path in self.open_sets[one] for one in archived):
                self.hidden.pop(path, None)
            self._show(path)

    def _remember(self, states: Iterable[list[Any]], where: dict[str, set[str | None]]) -> None:
        """What stood before a change; whose delete marker is the newest, S3 does not tell."""
        for path, before, *_ in states:
            found = next((one for one in self.histories.get(path, []) if one.version_id == before), None)
            where.setdefault(path, set()).add(_text(found.body) if found else None)

    def _show(self, path: str) -> None:
        """The newest but for what open changes have put or copied, and what an open archiving hides."""
        sets = {set_id for set_id, paths in self.open_sets.items() if path in paths}
        marks = {self.marks[set_id] for set_id in sets}
        before = [self.before[set_id] for set_id in sets & self.before.keys()]
        newest = next(
            (
                one
                for one in reversed(self.histories.get(path, []))
                if one.facts.get("Metadata", {}).get(MARK) not in marks
                and not (self._copied(one, path) and any(one.version_id not in known for known in before))
            ),
            None,
        )
        value = _text(newest.body) if newest is not None else None
        self._of(self.shown, path).move(
            self.scheduler.tick, self.hidden.get(path) if value is None else value
        )

    def _copied(self, one: Stored, path: str) -> bool:
        """Whether it may be what was brought here: a copy of an older one, or of another path."""
        older = self.histories[path][: self.histories[path].index(one)]
        bodies = [other.body for other in older] + [coming.get(path) for coming in self.coming.values()]
        return one.body is not None and one.body in bodies

    def _body(self, state: list[Any]) -> bytes | None:
        """What is on its way to a path from another one."""
        history = self.histories.get(FilePlace.read(state[5]).path, [])
        return next((one.body for one in history if one.version_id == state[2]), None)

    @staticmethod
    def _key(key: keys.Key) -> Key:
        return key[keys.PARTITION], key[keys.SORT]

    def _version(self, before: Item | None, after: Item | None) -> None:
        self.hold(after is not None, 6, f"a version is gone: {before}")
        assert after is not None
        version, tick, process = items.to_version(REF, after), self.scheduler.tick, self.scheduler.process
        if before is None:
            self.hold(version.number not in self.commits, 1, f"number {version.number} is used twice")
            self.commits[version.number] = Commit(
                tick, process or self.scheduler.new_process("set-up"), version
            )
        else:
            self._frozen(items.to_version(REF, before), version)
        self.versions.setdefault(version.number, []).append((tick, version))

    def _frozen(self, old: Version, new: Version) -> None:
        if old.open and old.state == "draft":
            return
        same = [
            (one.manifest, one.files, one.bytes, one.content, one.variables, one.origin, one.created_at)
            for one in (old, new)
        ]
        self.hold(same[0] == same[1], 3, f"version {old.number} has changed")

    def _head(self, before: Item | None, after: Item) -> None:
        if before is not None and {**before, "lease": None} == {**after, "lease": None}:
            return  # the lease was renewed
        if before is not None:
            self.hold(after["rev"] == before["rev"] + 1, 6, f"revision {after['rev']} behind {before['rev']}")
            self.hold(after["latest"] in (before["latest"], before["latest"] + 1), 1, "a number is left out")
        self.heads.append((self.scheduler.tick, after))

    def _alias(self, name: str, after: Item | None) -> None:
        if after is None:
            self.aliases.pop(name, None)
        else:
            self.aliases[name] = int(after["number"])
