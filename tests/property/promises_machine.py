"""The world that random requests are sent to, and the promises that hold after each of them."""

from typing import Any

from assetversions.domain.errors import Error
from assetversions.domain.jobs import JobState
from assetversions.domain.manifests.delta import Limits
from assetversions.domain.model import OriginKind, State, Version
from assetversions.domain.results.versions import Deferred, Done
from assetversions.engine.operation import Operation
from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.property.promises_model import Content
from tests.support import REF, Crash, Failure, World


class Machine(RuleBasedStateMachine):
    """Every version that was ever listed is remembered, and held against the store after each step.

    `past` is what the bucket held at the end of each second, `purged` the object versions that were
    destroyed behind the product's back.
    """

    def __init__(self) -> None:
        super().__init__()
        self.world = World(chunk_target=2, limits=Limits(files=2, changes=2, share=1))
        self.seen: dict[int, tuple[Version, Content]] = {}
        self.past: dict[int, Content] = {}
        self.purged: set[tuple[str, str]] = set()
        self.fault: tuple[int, BaseException] | None = None

    @property
    def working(self) -> Content:
        return self.world.files.contents(REF)

    def send(self, operation: Operation, command: Any) -> Any:
        """What a request comes to, or its job; None if it is refused, fails or ends with the process.

        A crash ends a request, but not a job: its engine repeats the step.
        """
        if self.fault is not None:
            self.world.faults.arm(*self.fault)
        try:
            answer = self.world.run(operation, command)
            if isinstance(answer, Deferred):
                answer = self.world.work(answer)
                if answer.state is JobState.FAILED:
                    return None
                assert answer.state is JobState.SUCCEEDED
        except (Error, Failure, Crash):
            return None
        finally:
            self.world.faults.disarm()
            self.fault = None
        return answer

    def made(self, operation: Operation, command: Any) -> Version | None:
        """The version that a request or its job made, if it did."""
        answer = self.send(operation, command)
        if answer is None:
            return None
        if isinstance(answer, Done):
            return answer.version
        return answer.version and self.world.records.version(REF, answer.version)

    def lost(self, of: int) -> set[str]:
        """The paths of a version whose object version was purged."""
        pins = {(entry.path, entry.version_id) for entry in self.world.manifest(self.seen[of][0])}
        return {path for path, _ in pins & self.purged}

    @invariant()
    def numbers_are_used_once_and_none_is_left_out(self) -> None:
        versions = self.world.versions()
        assert [version.number for version in versions] == list(range(len(versions), 0, -1))
        assert self.world.head().latest == len(versions)

    @invariant()
    def a_version_is_whole_and_its_content_never_changes(self) -> None:
        """But for what was purged since; nothing is pinned that was purged before."""
        for version in self.world.versions():
            content: Content = self.world.content(version)
            before, held = self.seen.setdefault(version.number, (version, content))
            content = {**content, **{path: held[path] for path in self.lost(version.number)}}
            assert content == held
            assert None not in content.values(), "every object version can be read"
            assert (version.files, version.bytes) == (
                len(content),
                sum(len(b or b"") for b in content.values()),
            )
            assert version.manifest == before.manifest
            assert (version.created_at, version.origin) == (before.created_at, before.origin)

    @invariant()
    def there_is_one_current_version_as_soon_as_there_is_one(self) -> None:
        """A copy and a past state do not move the pointer."""
        still = (OriginKind.AS_OF, OriginKind.CLONED)
        moving = [number for number, (one, _) in self.seen.items() if one.origin.kind not in still]
        assert self.world.head().current == (max(moving, default=1) if self.seen else None)

    @invariant()
    def one_version_at_most_is_published(self) -> None:
        published = [one.number for one in self.world.versions() if one.state is State.PUBLISHED]
        assert published == ([] if self.world.head().published is None else [self.world.head().published])

    @invariant()
    def an_alias_names_one_version(self) -> None:
        carried = {name: one.number for one in self.world.versions() for name in one.aliases}
        assert len(carried) == sum(len(one.aliases) for one in self.world.versions())
        for alias in ("gold", "silver", "green"):
            assert self.world.records.alias(REF, alias) == carried.get(alias)

    @invariant()
    def every_commit_is_on_record_and_moves_the_revision(self) -> None:
        assert self.world.head().rev == 1 + len(self.world.records.audit(REF))

    @invariant()
    def an_archived_version_remembers_its_state(self) -> None:
        for version in self.world.versions():
            assert (version.state is State.ARCHIVED) == (version.archived_from is not None)

    @invariant()
    def time_is_remembered(self) -> None:
        self.past[int(self.world.clock.now().timestamp())] = self.working
