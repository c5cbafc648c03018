"""What is known of one path that our own changes are about while files are read."""

from msgspec import Struct, field

from assetversions.domain.journal import ChangeKind, ChangeSet, PathState


class HotPath(Struct):
    """What stood there `before` the first change, the marks of what is put there, whether one may hide it.

    `sources` are what is copied to there; `over` that a change which puts there has ended since.
    """

    before: str | None
    marks: set[str] = field(default_factory=set)
    archived: bool = False
    sources: set[PathState] = field(default_factory=set)
    over: bool = False

    def learn(self, change: ChangeSet, state: PathState) -> None:
        match change.kind:
            case ChangeKind.UPLOAD | ChangeKind.CONTENT:
                self.marks.add(change.mark)
                self.over |= not change.open
            case ChangeKind.ARCHIVE:
                self.archived = True
            case ChangeKind.UNARCHIVE | ChangeKind.REVERT | ChangeKind.COPY | ChangeKind.MOVE:
                self.archived |= change.kind is ChangeKind.MOVE and state.copied_from is None
                # Of a closed set `after` is the copy itself.
                source = state if change.open else state._replace(copied_from=None)
                self.sources |= set() if state.after is None else {source}
