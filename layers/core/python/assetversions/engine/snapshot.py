"""Make the version that a create asks for, in the request or in a job."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from time import sleep
from typing import NamedTuple

from msgspec.structs import replace

from assetversions.domain import portable
from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.errors import Busy, Conflict, Invalid
from assetversions.domain.journal import ChangeSet
from assetversions.domain.manifests.delta import far_apart
from assetversions.domain.manifests.manifest import Entry, PathChange, Root
from assetversions.domain.manifests.merge import rows
from assetversions.domain.model import Asset, Content, Origin, OriginKind
from assetversions.domain.object_versions import no_such_pin
from assetversions.domain.portable import NameWarnings
from assetversions.domain.ports.files import Reading
from assetversions.domain.ports.manifests import Stored
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import CERTAIN, Done, Uncertain
from assetversions.domain.taken import Taken
from assetversions.engine import commit, lease
from assetversions.engine.budget import Meter
from assetversions.engine.content import store_files, store_variables, stored_content
from assetversions.engine.file_names import Names, refuse
from assetversions.engine.file_types import Types, check_pins
from assetversions.engine.handed_out import first_withheld
from assetversions.engine.lookup import reread
from assetversions.engine.new_version import NewVersion, StaleReading, Unchanged, commit_next
from assetversions.engine.of_upload import check_first, check_held
from assetversions.engine.past import Past
from assetversions.engine.reading import read_and_store
from assetversions.engine.sound import beside_base
from assetversions.engine.stint import Stint

# One listing's worth.
PEEKED = 1_000

# Hears of what is uncertain, of odd names, and of files that are left out, each with the reason.
Tell = Callable[[Uncertain, NameWarnings, Mapping[str, str]], None]


def make_version(
    command: CreateVersion,
    asset: Asset,
    services: Services,
    meter: Meter,
    job: str | None = None,
    tell: Tell = lambda _uncertain, _warnings, _skipped: None,
    named: Callable[[Asset, NewVersion], NewVersion] = lambda _head, new: new,
    stint: Stint | None = None,
) -> Done:
    """Store the manifest, then commit, for the job if there is one; `tell` hears before what is odd.

    `named` has the last word on what there is to say of the version, beside the head as it was read.

    Another version of the working files that comes first makes the reading stale: they are read again, so
    that a later number never holds an older state.
    """
    upload = None if command.upload is None else services.uploads.get(asset.ref, command.upload)
    types = Types(services, asset)
    names = Names(_filled(command, types.watched(meter)))
    for pause in commit.pauses():
        try:
            with _read(command, asset, services, names.meter, types, stint) as read:
                _check_handed_out(command, asset, services, read.stored, _unmetered if job else meter)
                if upload is not None:
                    check_first(services, asset, upload)
                    check_held(services, asset, upload, read.stored)
                warnings = portable.check(command.pins or ()) or names.warnings(services, asset, read.stored)
                refuse(services, asset, warnings, "files")
                tell(read.uncertain, warnings, types.left_out)
                variables = store_variables(services, asset, command.variables)
                new = _new_version(command, read.stored, read.content, variables, job)
                new = replace(
                    new,
                    uncertain=read.uncertain,
                    warnings=warnings,
                    skipped=types.left_out,
                    taken=read.taken,
                    upload=upload,
                )
                done = commit_next(services, asset, named(asset, new), command.expected_rev)
        except StaleReading:
            sleep(pause)
            asset = reread(services, asset)
        except Unchanged:
            services.journal.consume(asset.ref, read.taken_in)
            raise
        else:
            services.journal.consume(asset.ref, read.taken_in)
            return done
    raise Busy("Too many versions of this asset at once; send the request again.")


def _unmetered(reading: Reading) -> Iterator[PathChange]:
    """A job has the time, and counts its own files alone."""
    return reading.rows


def _check_handed_out(
    command: CreateVersion, asset: Asset, services: Services, stored: Stored, meter: Meter
) -> None:
    """Invalid, or Conflict, for what only deleted versions held: as if it were gone."""
    if command.pins is None and command.as_of is None:
        return
    withheld = first_withheld(services, asset, stored.digest, meter)
    if withheld is None:
        return
    if command.pins is not None:
        raise no_such_pin(withheld.path, withheld.version_id)
    raise Conflict(
        f"What was at '{withheld.path}' then was in a deleted version alone; take another instant."
    )


class Read(NamedTuple):
    """What a version is to hold, and the change sets that it takes in."""

    stored: Stored
    content: Content | None
    taken_in: Sequence[ChangeSet] = ()
    taken: Taken | None = None
    uncertain: Uncertain = CERTAIN


@contextmanager
def _read(
    command: CreateVersion,
    asset: Asset,
    services: Services,
    meter: Meter,
    types: Types,
    stint: Stint | None,
) -> Iterator[Read]:
    if command.content is not None:
        with stored_content(services, asset, command.content) as stored:
            yield Read(*stored)
    elif command.pins is not None or command.as_of is not None:
        yield _of_old(command, asset, services, meter, types)
    else:
        lease.check_free(services, asset)
        by_journal = services.all_noted or command.by_journal
        yield Read(*read_and_store(services, asset, meter, by_journal, stint))


def check_source(command: CreateVersion, asset: Asset, services: Services) -> None:
    """Invalid for what can be told from the request and one listing to give no version.

    Whether there is a file is asked for a job alone, and whether a restore is under way: Conflict then. A
    request finds out when it reads them.
    """
    if command.as_of is not None and command.as_of > services.now():
        raise Invalid("asOf", "must not be in the future.")
    if command.pins is not None and not command.pins and not command.allow_empty:
        raise Invalid("files", "names no file; leave it out, or send allowEmpty: true for an empty version.")
    check_pins(services, asset, command.pins or {})
    if not (command.background and _of_working_files(command)):
        return
    lease.check_free(services, asset)
    if not command.allow_empty:
        some = list(islice(services.history.newest(asset.ref, "", None), PEEKED))
        if len(some) < PEEKED and all(row.deleted for row in some):
            raise _empty(command)


def _filled(command: CreateVersion, meter: Meter) -> Meter:
    """The same meter; Invalid at the end of rows without a file, unless that was asked for."""

    def watch(reading: Reading) -> Iterator[PathChange]:
        empty = not command.allow_empty
        for row in meter(reading):
            empty = empty and row.current is None
            yield row
        if empty:
            raise _empty(command)

    return watch


def _empty(command: CreateVersion) -> Invalid:
    if command.as_of is None:
        return Invalid("allowEmpty", "the asset has no files; send allowEmpty: true for an empty version.")
    return Invalid("asOf", "the asset had no files then; send allowEmpty: true for an empty version.")


def _of_working_files(command: CreateVersion) -> bool:
    return command.content is None and command.pins is None and command.as_of is None


def _new_version(
    command: CreateVersion, stored: Stored, content: Content | None, variables: str | None, job: str | None
) -> NewVersion:
    return NewVersion(
        stored,
        _origin(command),
        command.description,
        command.comment,
        command.alias,
        command.other_aliases,
        job=job,
        content=content,
        variables=variables,
        open=command.open,
        working=_of_working_files(command),
        publish=command.publish,
        revision=command.revision,
        bump_revision=command.bump_revision,
    )


def _origin(command: CreateVersion) -> Origin:
    if command.upload is not None:
        return Origin(OriginKind.UPLOADED, upload=command.upload)
    return Origin(OriginKind.AS_OF if command.as_of else OriginKind.CREATED)


def _of_old(command: CreateVersion, asset: Asset, services: Services, meter: Meter, types: Types) -> Read:
    def store(base: Root | None) -> Read:
        if base is not None and command.pins is not None and far_apart(base.files, len(command.pins)):
            base = None  # not worth reading through
        known = () if base is None else services.manifests.entries(asset.uid, base)
        past = command.as_of and Past(services, asset, command.as_of)
        old = _metered(past, meter) if past else services.files.pinned(asset.ref, command.pins or {})
        stored, content = store_files(services, asset, types.rows(rows(known, old)), base)
        return Read(stored, content, uncertain=past.uncertain if past else CERTAIN)

    return beside_base(services, asset, store)


def _metered(past: Past, meter: Meter) -> Iterable[Entry]:
    seen = meter(past.reading())
    return (row.current for row in seen if row.current is not None)
