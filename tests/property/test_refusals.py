"""Whatever is asked for, in whatever state: a request that is refused has changed nothing."""

from typing import Any

from assetversions.domain.commands.access import (
    CreateApiToken,
    DeleteApiToken,
)
from assetversions.domain.commands.catalog import UpdateDatabase
from assetversions.domain.commands.files import (
    AbortUpload,
    CompleteUpload,
    RenewLinks,
    RevertFile,
    StartUpload,
)
from assetversions.domain.commands.jobs import CancelJob
from assetversions.domain.commands.versions import (
    CreateVersion,
)
from assetversions.domain.results.versions import Deferred
from assetversions.domain.uploads import NewFile, Part, SentFile, Upload
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.property.refusals_machine import Caller, Machine, operation_of
from tests.property.wishes import (
    ABOUT_PEOPLE,
    BODIES,
    CALLERS,
    FLAGS,
    NEW_VERSIONS,
    ON_ASSETS,
    ON_FILES,
    ON_VERSIONS,
    PATHS,
)
from tests.simulation.aws import ASSETS
from tests.support import REF
from tests.support.aws_world import PREFIX


class Refusals(Machine):
    """Those that name something of the store have a rule of their own."""

    uploads: dict[str, Upload]
    tokens: list[str]
    jobs: list[str]

    def __init__(self) -> None:
        super().__init__()
        self.uploads, self.tokens, self.jobs = {}, [], []

    def ask(self, command: Any, caller: Caller) -> Any:
        answer = self.send(operation_of(command), command, caller)
        if isinstance(answer, Deferred):
            self.jobs.append(answer.job.job_id)
        return answer

    @initialize(
        files=st.dictionaries(PATHS, BODIES, min_size=2),
        hidden=st.sampled_from([True, True, False]),
        portable=FLAGS,
        versions=st.integers(0, 3),
    )
    def some_files_and_versions(
        self, files: dict[str, bytes | None], hidden: bool, portable: bool, versions: int
    ) -> None:
        for path, body in files.items():
            self.put(path, body)
        for _ in range(versions):
            self.ask(CreateVersion(REF, allow_empty=True), Caller())
        for path in files if hidden else ():
            self.put(path, None)
        self.ask(UpdateDatabase(REF.database_id, portable_names=portable), Caller())

    @rule(command=st.one_of(NEW_VERSIONS), caller=CALLERS)
    def somebody_makes_a_version(self, command: Any, caller: Caller) -> None:
        self.ask(command, caller)

    @rule(command=st.one_of(ON_VERSIONS), caller=CALLERS)
    def somebody_changes_a_version(self, command: Any, caller: Caller) -> None:
        self.ask(command, caller)

    @rule(command=st.one_of(ON_VERSIONS), caller=CALLERS)
    def somebody_changes_another_version(self, command: Any, caller: Caller) -> None:
        """There are many ways to."""
        self.ask(command, caller)

    @rule(command=st.one_of(ON_FILES), caller=CALLERS)
    def somebody_changes_files(self, command: Any, caller: Caller) -> None:
        self.ask(command, caller)

    @rule(command=st.one_of(ON_ASSETS), caller=CALLERS)
    def somebody_changes_assets(self, command: Any, caller: Caller) -> None:
        self.ask(command, caller)

    @rule(command=st.one_of(ABOUT_PEOPLE), caller=CALLERS)
    def somebody_says_who_may_do_and_hear_what(self, command: Any, caller: Caller) -> None:
        answer = self.ask(command, caller)
        if isinstance(command, CreateApiToken) and answer is not None:
            self.tokens.append(answer.token.token_id)

    @rule(path=PATHS, body=BODIES)
    def somebody_writes_or_deletes(self, path: str, body: bytes | None) -> None:
        self.put(path, body)

    @rule(path=PATHS, index=st.integers(0, 3))
    def somebody_destroys_an_object_version(self, path: str, index: int) -> None:
        for version_id in self.seen(path)[index : index + 1]:
            self.purge(path, version_id)

    @rule(seconds=st.sampled_from([1, 61, 20 * 60, 25 * 3600]))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.advance(seconds)

    @rule(path=PATHS, index=st.integers(0, 4), caller=CALLERS)
    def somebody_reverts_a_file(self, path: str, index: int, caller: Caller) -> None:
        versions = [*self.seen(path), "null", "no such version"]
        self.ask(RevertFile(REF, path, versions[index % len(versions)]), caller)

    @rule(pins=st.dictionaries(PATHS, st.integers(0, 4), min_size=1, max_size=2), caller=CALLERS)
    def somebody_creates_of_pins(self, pins: dict[str, int], caller: Caller) -> None:
        known = {path: [*self.seen(path), "no such version"] for path in pins}
        found = {path: known[path][index % len(known[path])] for path, index in pins.items()}
        self.ask(CreateVersion(REF, pins=found), caller)

    @rule(paths=st.lists(PATHS, min_size=1, max_size=3, unique=True), empty=FLAGS, caller=CALLERS)
    def somebody_starts_an_upload(self, paths: list[str], empty: bool, caller: Caller) -> None:
        files = tuple(NewFile(path, path, 0 if empty else 1, 0 if empty else 1) for path in paths)
        if (started := self.ask(StartUpload(REF, files), caller)) is not None:
            self.uploads[started.upload.upload_id] = started.upload

    @precondition(lambda self: self.uploads)
    @rule(index=st.integers(0, 2), sent=FLAGS, right=FLAGS, few=FLAGS, caller=CALLERS)
    def somebody_completes(self, index: int, sent: bool, right: bool, few: bool, caller: Caller) -> None:
        upload = self.upload(index)
        files = [self.sent(upload, file, sent, right) for file in upload.files[: 1 if few else None]]
        self.ask(CompleteUpload(REF, upload.upload_id, tuple(files)), caller)

    @precondition(lambda self: self.uploads)
    @rule(index=st.integers(0, 2), kind=st.sampled_from([AbortUpload, RenewLinks]), caller=CALLERS)
    def somebody_aborts_or_renews(self, index: int, kind: Any, caller: Caller) -> None:
        self.ask(kind(REF, self.upload(index).upload_id), caller)

    @precondition(lambda self: self.jobs or self.tokens)
    @rule(index=st.integers(0, 2), cancel=FLAGS, caller=CALLERS)
    def somebody_cancels_or_revokes(self, index: int, cancel: bool, caller: Caller) -> None:
        known = [*(self.jobs if cancel else self.tokens)[-2:], "01900000-0000-7000-8000-000000000000"]
        name = known[index % len(known)]
        self.ask(CancelJob(REF, name) if cancel else DeleteApiToken(name), caller)

    def upload(self, index: int) -> Upload:
        some = list(self.uploads.values())[-3:]
        return some[index % len(some)]

    def sent(self, upload: Upload, file: Any, arrives: bool, right: bool) -> SentFile:
        if file.s3_id is None:
            return SentFile(file.path, file.path, None if right else "another", ())
        parts: tuple[Part, ...] = (Part(1, "none"),)
        if arrives and file.s3_id in self.account.assets.uploads:
            where = {"Bucket": ASSETS, "Key": PREFIX + file.path, "UploadId": file.s3_id}
            part = self.account.s3.upload_part(**where, PartNumber=1, Body=b"u" if right else b"uu")
            parts = (Part(1, part["ETag"].strip('"')),)
        return SentFile(file.path, file.path, file.s3_id, parts)


TestRefusals = Refusals.TestCase
