"""Promises 5, 7, 8 and 10: what a request says it did it has done, and what it refused changed nothing."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from assetversions.domain.commands.files import (
    AbortUpload,
    ArchiveFiles,
    CompleteUpload,
    CopyFile,
    MoveFile,
    RevertFile,
    UnarchiveFile,
)
from assetversions.domain.commands.jobs import CancelJob
from assetversions.domain.commands.versions import (
    ActivateVersion,
    ArchiveVersion,
    CreateVersion,
    DeleteVersion,
    PublishVersion,
    RevertVersion,
)
from assetversions.domain.journal import FILE, ChangeKind, file_set
from assetversions.domain.model import State, Version
from assetversions.domain.results.versions import Deferred, Done
from assetversions.engine.archiving import set_of

from tests.simulation.requests import Attempt, End, Request
from tests.simulation.run import Run
from tests.simulation.world import EVE


def check(run: Run) -> Iterator[str]:
    for request in run.requests:
        yield from _ended(request)
        yield from _once(run, request)
        for one in request.attempts:
            if one.end is End.DONE and not isinstance(one.value, Deferred):
                yield from _done(run, request, one)
            if request.client == EVE:
                yield from _not_allowed(request, one)
            if one.end is End.REFUSED:
                yield from _refused(run, request, one)


def _ended(request: Request) -> Iterator[str]:
    """Nothing fails once all is calm."""
    if not request.finished:
        yield f"promise 7: '{request}' can't be finished: {request.attempts[-1].value!r}"


def _once(run: Run, request: Request) -> Iterator[str]:
    """Under a key it is done once, however often it is sent."""
    commits = run.world.oracle.commits.items()
    made = [number for number, one in commits if one.process.facts.get("request") is request]
    if request.key is not None and len(made) > 1:
        yield f"promise 7: '{request}' made the versions {made} under one key"


def _done(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    says = _SAYS.get(type(request.command))
    if says is not None:
        for breach in says(run, request, one):
            yield f"promise 5: '{request}' was done, but {breach}"


def _refused(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    """A broken change of others may be brought to an end, and a text that lost a race is taken back."""
    given: Any = getattr(request.command, "content", None)
    taken_back = set() if given is None else one.process.touched & {given.path}
    for path in taken_back if one is request.attempts[0] else ():
        if run.world.oracle.bucket[path].at(one.last) == given.text:
            yield f"promise 10: '{request}' was refused ({one.value}), but its text stands"
    ended = {path for paths in run.world.oracle.set_paths.values() for path in paths}
    mine = one.process.touched - taken_back - (ended if _settles(one) else set())
    if mine and not _says_what_it_did(one):
        yield f"promise 10: '{request}' was refused ({one.value}), but wrote {sorted(mine)}"
    wrote = [sort for sort in one.process.facts.get("wrote", []) if sort.startswith(("V#", "ALIAS#"))]
    if wrote:
        yield f"promise 10: '{request}' was refused ({one.value}), but wrote {wrote}"


def _not_allowed(request: Request, one: Attempt) -> Iterator[str]:
    if one.end is End.DONE:
        yield f"promise 8: '{request}' was done"
    if one.process.touched or one.process.facts.get("wrote"):
        yield f"promise 8: '{request}' was not allowed, but wrote"


def _settles(one: Attempt) -> bool:
    """Whether it has ended a change of which it may be that files were changed for it."""
    ended = [sort for sort in one.process.facts.get("wrote", []) if sort.startswith("CHANGED#")]
    return any(f"#{FILE}{ChangeKind.CONTENT}-" not in sort for sort in ended)


def _says_what_it_did(one: Attempt) -> bool:
    """The one refusal that comes behind the work, and names it."""
    return str(one.value).startswith("The upload is complete")


def _version_is_there(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    assert isinstance(one.value, Done)
    number, wanted = one.value.version.number, request.command
    stored = run.world.oracle.commits.get(number)
    if stored is None or stored.tick > one.last:
        yield f"version {number} is not there"
    elif isinstance(wanted, CreateVersion) and stored.version.comment != wanted.comment:
        yield f"version {number} is another one"


def _restored(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    """The version holds what the target held, but for what is left out."""
    assert isinstance(one.value, Done)
    command, world = request.command, run.world
    if isinstance(command, RevertVersion):
        yield from _version_is_there(run, request, one)
    made = world.content(one.value.version)
    targets = [
        _under(command.name, version, world.content(version))
        for tick, version in world.oracle.states(command.version.number, request.first, one.last)
    ]
    wrong = [_differs(wanted, made, command.paths, one.value.skipped) for wanted in targets]
    if all(wrong):
        yield f"the version differs at {wrong[0]}"


def _under(name: str | None, version: Version, held: dict[str, str]) -> dict[str, str]:
    """What a version holds, with its primary file under another name."""
    old = None if version.content is None else version.content.path
    if name is None or old is None:
        return held
    folder, slash, _own = old.rpartition("/")
    return {f"{folder}{slash}{name}" if path == old else path: body for path, body in held.items()}


def _differs(
    wanted: dict[str, str], made: dict[str, str], parts: tuple[str, ...], skipped: Collection[str]
) -> list[str]:
    return [
        path
        for path in sorted({*wanted, *made})
        if _selected(path, parts) and path not in skipped and wanted.get(path) != made.get(path)
    ]


def _selected(path: str, parts: tuple[str, ...]) -> bool:
    return not parts or any(path == one or (one.endswith("/") and path.startswith(one)) for one in parts)


def _uploaded(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    """Each file was the newest at its path at some step, with the bytes that were sent."""
    command = request.command
    bodies = run.uploader.bodies[command.upload_id]
    first = min(other.first for other in run.requests if other.command == command and other.attempts)
    for file in command.files:
        line = run.world.oracle.bucket.get(file.path)
        if line is None or bodies[file.path].decode() not in line.values(first, one.last):
            yield f"'{file.path}' never was the newest"
    yield from _shown_at_once(run, request, one)


def _aborted(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    """Nobody is told that it was completed, and its files are not there."""
    upload_id = request.command.upload_id
    for other in run.requests:
        same = isinstance(other.command, CompleteUpload) and other.command.upload_id == upload_id
        if same and any(tried.end is End.DONE for tried in other.attempts):
            yield "it was completed"
    for path, body in run.uploader.bodies[upload_id].items():
        line = run.world.oracle.bucket.get(path)
        if body and line is not None and line.at(one.last) == body.decode():
            yield f"'{path}' is there still"


def _shown_at_once(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    oracle = run.world.oracle
    for path in oracle.open_sets.get(request.command.upload_id, ()):
        if oracle.shown[path].now != oracle.bucket[path].now:
            yield f"'{path}' is not shown"


def _hidden(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    """Each file of it was gone at some step."""
    command = request.command
    folder = command.path.rstrip("/") + "/"
    for path, line in run.world.oracle.bucket.items():
        inside = path.startswith(folder) if command.folder else path == command.path
        if inside and None not in line.values(request.first, one.last):
            yield f"'{path}' was there throughout"


def _brought_back(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    """Each file of it was there at some step."""
    for path in one.value.paths:
        if run.world.oracle.bucket[path].values(request.first, one.last) == {None}:
            yield f"'{path}' never was there"
    if set_of(request.command) in run.world.oracle.open_sets:
        yield "its change set is still open"


def _reverted(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    """The old bytes were the newest at some step."""
    path, body = one.value.path, run.world.body(one.value.path, one.value.old)
    if body is None or body.decode() not in run.world.oracle.bucket[path].values(request.first, one.last):
        yield f"'{path}' never held what it was reverted to"
    if file_set(ChangeKind.REVERT, path, one.value.old) in run.world.oracle.open_sets:
        yield "its change set is still open"


def _moved(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    """The old path was without the file at some step, the new one with it."""
    oracle, command = run.world.oracle, request.command
    stood = oracle.bucket[command.path].values(request.first, one.last)
    if None not in stood and len(stood) == 1:
        yield f"'{command.path}' was there throughout"
    yield from _came(run, request, one)


def _came(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    lines, to = run.world.oracle.bucket, request.command.to
    if to not in lines or lines[to].values(request.first, one.last) == {None}:
        yield f"'{to}' never was there"


def _cancelled(run: Run, request: Request, one: Attempt) -> Iterator[str]:
    """No version comes of the job, whenever."""
    for number, commit in run.world.oracle.commits.items():
        if commit.process.facts.get("job") == request.command.job_id:
            yield f"the job made version {number}"


def _in_state(state: State) -> Callable[[Run, Request, Attempt], Iterator[str]]:
    def says(run: Run, request: Request, one: Attempt) -> Iterator[str]:
        version: Version = one.value.version
        states = run.world.oracle.states(version.number, request.first, one.last)
        if state not in [found.state for _, found in states]:
            yield f"version {version.number} never was {state}"

    return says


_SAYS: dict[type, Callable[[Run, Request, Attempt], Iterator[str]]] = {
    CreateVersion: _version_is_there,
    RevertVersion: _restored,
    ActivateVersion: _restored,
    CompleteUpload: _uploaded,
    AbortUpload: _aborted,
    ArchiveFiles: _hidden,
    UnarchiveFile: _brought_back,
    RevertFile: _reverted,
    MoveFile: _moved,
    CopyFile: _came,
    CancelJob: _cancelled,
    PublishVersion: _in_state(State.PUBLISHED),
    ArchiveVersion: _in_state(State.ARCHIVED),
    DeleteVersion: _in_state(State.DELETED),
}
