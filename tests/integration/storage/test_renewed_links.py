"""Fresh links for an upload through the real storage: for what is missing, and for as long as it is open."""

from datetime import timedelta

import pytest
from assetversions.domain.commands.files import AbortUpload, CompleteUpload, RenewLinks
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.uploads import OPEN_FOR, Part, SentFile
from assetversions.operations.uploads.abort_upload import abort_upload
from assetversions.operations.uploads.complete_upload import complete_upload
from assetversions.operations.uploads.renew_links import renew_links
from botocore.exceptions import ClientError

from tests.support.upload_store import ASSET, REF, Store, break_at, upload_store

store = pytest.fixture(upload_store)


def test_links_are_renewed_for_the_parts_that_are_missing_and_those_only(store: Store) -> None:
    started = store.start("a.txt", "b.txt", empty=("c.txt",))
    some = store.s3.upload_part(
        Bucket="assets", Key="db1/a1/a.txt", UploadId=started.upload.files[0].s3_id, PartNumber=1, Body=b"abc"
    )
    renewed = renew_links(RenewLinks(REF, started.upload.upload_id), ASSET, store.services)
    arrived = {row.file.path: [part.etag for part in row.stored] for row in renewed.files}
    assert arrived == {"a.txt": [some["ETag"].strip('"')], "b.txt": [], "c.txt": []}
    assert [list(row.links) for row in renewed.files] == [[], [1], []]
    assert "partNumber=1" in renewed.files[1].links[1] and "b.txt" in renewed.files[1].links[1]


def test_after_a_broken_off_completion_links_are_renewed_for_what_is_not_visible_yet(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what they tell is enough to complete it, for who knows nothing else."""
    command = store.send(store.start("a.txt", "b.txt"))
    with monkeypatch.context() as broken:
        break_at(store, broken, "b.txt")
        with pytest.raises(ClientError):
            complete_upload(command, ASSET, store.services)
    renewed = renew_links(RenewLinks(REF, command.upload_id), ASSET, store.services)
    assert [(row.file.path, len(row.stored), row.links) for row in renewed.files] == [
        ("a.txt", 0, {}),
        ("b.txt", 1, {}),
    ]
    told = tuple(
        SentFile(
            row.file.path,
            row.file.path,
            row.file.s3_id,
            tuple(Part(part.number, part.etag) for part in row.stored),
        )
        for row in renewed.files
    )
    complete_upload(CompleteUpload(REF, command.upload_id, told), ASSET, store.services)
    assert store.working() == {"a.txt": b"abc", "b.txt": b"abc"}


def test_links_are_renewed_for_as_long_as_the_upload_is_open(store: Store) -> None:
    done, aborted, gone, late = (store.send(store.start(f"{name}.txt")) for name in "abcd")
    complete_upload(done, ASSET, store.services)
    abort_upload(AbortUpload(REF, aborted.upload_id), ASSET, store.services)
    store.services.transfers.abort(REF, store.services.uploads.get(REF, gone.upload_id).files)
    begun = store.services.uploads.get(REF, late.upload_id).begun_at
    store.services.now = lambda: begun + OPEN_FOR - timedelta(seconds=1)
    assert renew_links(RenewLinks(REF, late.upload_id), ASSET, store.services).files[0].stored != []
    for command, says in (
        (done, "completed already"),
        (aborted, "aborted already"),
        (gone, "What has arrived of 'c.txt' is gone"),
    ):
        with pytest.raises(Conflict, match=says):
            renew_links(RenewLinks(REF, command.upload_id), ASSET, store.services)
    store.services.now = lambda: begun + OPEN_FOR
    with pytest.raises(Conflict, match="open for 24 hours"):
        renew_links(RenewLinks(REF, late.upload_id), ASSET, store.services)
    store.services.person = "sub-of-bob"
    with pytest.raises(NotFound):
        renew_links(RenewLinks(REF, late.upload_id), ASSET, store.services)
