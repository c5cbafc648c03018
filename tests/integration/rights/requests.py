"""What clients ask for: every route, every write in every way, texts, uploads, API tokens."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import product
from typing import Any
from unittest.mock import patch

from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.domain.errors import Conflict, Error
from assetversions.engine.budget import Estimate, OverBudget
from assetversions.runtime import authorizer
from assetversions.storage.dynamodb.journal import DynamoJournal
from assetversions.storage.dynamodb.records import DynamoRecords

from tests.integration.rights.work import ADMIN, FOLDER, LATER, Crash, Work
from tests.integration.storage import keyed
from tests.integration.storage.keyed import Once
from tests.simulation.aws import ASSETS
from tests.support.lambda_client import Context, machine, user
from tests.support.routes import ASSET, wanted

HTML = {"source": "inline", "type": "text/html", "content": "<p>Hello</p>"}
METADATA = [{"metadataKey": "size", "metadataValue": "1"}]
ARCHIVE_FOLDER = Once("DELETE", f"{ASSET}/archiveFile", FOLDER)
OF_FILES = {"versions", "files", "uploads"}
PUBLISH = keyed.REQUESTS["publish_version"]
DELETE = keyed.REQUESTS["delete_version"]
PUBLISH_NEXT = Once("POST", f"{ASSET}/assetversions/2/publish")
WRITES = [
    *keyed.REQUESTS.values(),
    *keyed.WITHOUT_RECEIPT.values(),
    *keyed.TOLD_ONCE.values(),
    Once("GET", f"{ASSET}/compareVersions/1/working"),
    Once("POST", f"{ASSET}/assetversions/1/unarchive", behind=(PUBLISH, PUBLISH_NEXT)),
    ARCHIVE_FOLDER,
    Once("POST", f"{ASSET}/unarchiveFile", FOLDER, behind=(ARCHIVE_FOLDER,)),
    Once("POST", f"{ASSET}/createVersion", {}, behind=(ARCHIVE_FOLDER,)),
    Once("PUT", ASSET, {"metadata": METADATA}),
    Once("POST", f"{ASSET}/revertFileVersion/{{first}}", {"filePath": "/a.txt"}, behind=(DELETE,)),
]


def every_route(work: Work) -> None:
    """By a user, by a machine for one, and by one who is refused."""
    for route in ROUTES:
        for who, more in (
            (ADMIN, {}),
            (machine(), {"x-user-id": "admin"}),
            (user("nobody"), {"authorization": "Bearer nobody"}),
        ):
            with work.forgotten() as names:
                one = wanted(route.key, names, "admin")
                work.ask(one.method, one.path, one.body, who, query=one.query, headers=more)


def every_write(work: Work) -> None:
    """At once, and as a job; as things are, and where the files are not as they should be."""
    alike = (_plainly, _with_a_key, _too_long, _lost, _out_of_reach)
    unlike = (Work.without_base, Work.broken_off)
    of_files = [once for once in WRITES if operations.family(once.operation) in OF_FILES]
    for once, state, way in (
        *product(WRITES, (_as_it_is,), alike),
        *product(of_files, unlike, (_plainly, _too_long)),
    ):
        with work.forgotten() as names, suppress(Error):
            names = work.prepared(once, names)
            work.machine.started.clear()
            state(work)
            way(work, partial(work.send, once, names))


def _as_it_is(work: Work) -> None:
    pass


def _plainly(work: Work, send: Callable[..., Any]) -> None:
    send({})


def _with_a_key(work: Work, send: Callable[..., Any]) -> None:
    send(keyed.KEY)


def _too_long(work: Work, send: Callable[..., Any]) -> None:
    with patch.object(Estimate, "add", side_effect=OverBudget):
        send(LATER | keyed.KEY)
    for address in work.machine.started:
        work.run(address)


def _lost(work: Work, send: Callable[..., Any]) -> None:
    send(LATER)
    for address in work.machine.started:
        work.lose(address)


def _out_of_reach(work: Work, send: Callable[..., Any]) -> None:
    with patch.object(work.machine, "down", True), patch.object(Estimate, "add", side_effect=OverBudget):
        send(LATER, breaks=True)


def drafts(work: Work) -> None:
    """Posta's: a text and variables, changed before they are published, or in vain."""
    variables = {"variableDefinitions": [{"name": "name"}]}
    conflict = Conflict("Another came first.")
    for state, before in product((_as_it_is, Work.broken_off), (True, False)):
        with work.forgotten() as names:
            state(work)
            versions = f"/assets/{names['posta asset']}/versions"
            if before:
                draft = work.ok("POST", versions, {"content": HTML} | variables)["id"]
                work.late += timedelta(hours=1)
                work.ok("PUT", f"{versions}/{draft}", {"content": HTML | {"content": "else"}} | variables)
                work.ok("GET", f"{versions}/{draft}")
                work.ok("POST", f"{versions}/{draft}/variables/resolve", {"variables": []})
            clone = work.ok("POST", f"{versions}/{names['posta version']}/clone", {})["id"]
            with patch.object(DynamoRecords, "commit", side_effect=conflict):
                work.ask("POST", versions, {"content": HTML | {"content": "in vain"}})
                work.ask("PUT", f"{versions}/{clone}", {"content": HTML | {"content": "in vain"}})
            work.ok("PUT", f"{versions}/{clone}", {"content": HTML})


def uploads(work: Work) -> None:
    """Of all kinds; the last one is a version at once."""
    files = [
        {"relativeKey": "/new.txt", "file_size": 3, "num_parts": 1},
        {"relativeKey": "/empty.txt", "file_size": 0, "num_parts": 0},
    ]
    for way in ("complete", "complete, too long", "abort", "abort, half done", "links"):
        with work.forgotten():
            work.ok("PUT", ASSET, {"autoVersion": {"after": "upload"}})
            begun = work.ok("POST", "/uploads", keyed.FILES | {"files": files})
            sent = [_part(work, file) for file in begun["files"]]
            place = f"/uploads/{begun['uploadId']}"
            if "half" in way:
                with patch.object(DynamoJournal, "close", side_effect=Crash), suppress(Crash):
                    work.ask("POST", f"{place}/complete", keyed.FILES | {"files": sent})
                work.late = timedelta(hours=1)
            body = keyed.FILES | ({"files": sent} if way.startswith("complete") else {})
            with patch.object(Estimate, "asked", side_effect=OverBudget if "long" in way else None):
                work.ask("POST", f"{place}/{way.partition(',')[0]}", body)


def versions_of_uploads(work: Work) -> None:
    """Where versions wait for quiet, and an upload of the same new file broke off before."""
    files = [{"relativeKey": "/fresh.txt", "file_size": 3, "num_parts": 1}]
    with work.forgotten() as names:
        work.ok("PUT", ASSET, {"autoVersion": {"after": "quiet", "seconds": 60}})
        first, second = (work.ok("POST", "/uploads", keyed.FILES | {"files": files}) for _ in range(2))
        sent, _ = (_part(work, begun["files"][0]) for begun in (first, second))
        body = keyed.FILES | {"files": [sent]}
        with patch.object(DynamoJournal, "close", side_effect=Crash), suppress(Crash):
            work.ask("POST", f"/uploads/{first['uploadId']}/complete", body)
        work.late = timedelta(hours=1)
        version = f"/v1/drives/db1/content/{names['content']}/version"
        # S3 takes the mark that hides the first one for the newest: it was begun later.
        assert work.ask("POST", version, {"upload_uuid": second["uploadId"]}).status == 409


def _part(work: Work, file: dict[str, Any]) -> dict[str, Any]:
    """The sender puts what they have by the links, as who signed them may."""
    parts = []
    if file["uploadIdS3"] != "zero-byte":
        place = {"Bucket": ASSETS, "Key": f"db1/a1{file['relativeKey']}", "UploadId": file["uploadIdS3"]}
        etag = work.s3.upload_part(**place, PartNumber=1, Body=b"new")["ETag"]
        parts = [{"PartNumber": 1, "ETag": etag}]
    return {key: file[key] for key in ("relativeKey", "uploadIdS3")} | {"parts": parts}


def sign_ins(work: Work) -> None:
    """With an API token."""
    with work.forgotten():
        token = work.ok("POST", "/api-tokens", {"name": "ci"})["token"]
        work.late = timedelta(minutes=2)
        with work.seen.by("authorizer"):
            assert "identity" in authorizer.handler({"headers": {"x-api-key": token}}, Context())["context"]
