"""The exact bodies around files: uploads, listings, downloads, changed assets, sessions, subscriptions."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.vams.routes import ROUTES
from assetversions.domain import errors
from assetversions.domain.jobs import Job, JobKind, JobState
from assetversions.domain.journal import ChangeKind
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, AssetRef, Origin, OriginKind, State, Version
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.results.catalog import AllowedRoutes, DeletedAsset, Session, SubscriptionPage
from assetversions.domain.results.files import (
    AbortedUpload,
    ChangePage,
    CompletedUpload,
    DeletedAuxiliary,
    FileChange,
    FilePage,
    FileView,
    Link,
    LinkPage,
    OpenFile,
    PrimaryFile,
    RenewedLinks,
    RevertedFile,
    StartedUpload,
    Unarchived,
)
from assetversions.domain.results.versions import Deferred, Done, JobPage, Uncertain, VersionFiles
from assetversions.domain.shelves import Shelf
from assetversions.domain.subscriptions import Subscription
from assetversions.domain.taken import By, Taken
from assetversions.domain.uploads import NewFile, Part, SentFile, StoredPart, Upload, UploadFile
from msgspec.structs import replace

from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
ROUTE = {route.key: route for route in ROUTES}
_ASSET = "/database/{databaseId}/assets/{assetId}"
_VERSION = f"{_ASSET}/assetversions/{{assetVersionId}}"

REF = AssetRef("my-database", "my-asset")
BORN = datetime(2026, 3, 15, 10, 30, 0, 999_000, tzinfo=UTC)
LATER = datetime.fromisoformat("2026-03-16T12:00:00+02:00")
HEAD = Asset(
    REF, 0x123456789ABCDEF012345, "Größe", "an asset", "glb", ("red",), True, BORN, "ann", BORN,
    latest=2, current=2, rev=7, given_to="bob",
)  # fmt: skip
ARCHIVED = replace(HEAD, archived_at=BORN)
SECOND = Version(
    REF, HEAD.uid, 2, State.DRAFT, "", "", "v1.0", BORN, "ann", BORN, "bob",
    Origin(OriginKind.CREATED), files=2, bytes=5, manifest="digest",
)  # fmt: skip
NEWEST = ObjectVersion("dir/größe.glb", "ov2", 1_773_570_600, True, False, 5, "etag-2", "STANDARD")
OLDEST = NEWEST._replace(version_id="ov1", modified=0, latest=False, size=0, etag="etag-1")
GONE = ObjectVersion("z.txt", "ov3", 1_773_570_600, True, True)
FOLDER = ObjectVersion("dir/", "ov4", 0, True, False, 0, "etag-4", "STANDARD")
LINK = Link(Entry("dir/größe.glb", "ov2", 5, "etag-2", 1_773_570_600), "https://s3/x?sig", 900)
UPLOAD = Upload(
    "01900000-0000-7000-8000-000000000000",
    REF,
    "ann",
    BORN,
    (UploadFile("a.glb", 9, 2, "s3-id"), UploadFile("empty", 0, 0, None)),
)
ASKED = (NewFile("a.glb", "/a.glb", 9, 2), NewFile("empty", "empty", 0, 0))
SENT = (SentFile("a.glb", "/a.glb", "s3-id", (Part(1, "x"),)), SentFile("empty", "empty", None, ()))
SESSION = Session("ann", "my-bucket")
LOD = {NEWEST.path: "lod1"}
PREVIEW = f"{NEWEST.path}.previewFile.png"
VIEW = FileView(REF, NEWEST, "model/gltf-binary", primary="primary", preview=PREVIEW)

CHANGES = [
    FileChange("dir/größe.glb", ChangeKind.UPLOAD, BORN, "ann", "ov2", "1"),
    FileChange("dir/b", ChangeKind.MOVE, BORN, "ann", "ov3", "3", "dir/a"),
    FileChange("z.txt", ChangeKind.DELETE, BORN.replace(microsecond=0), "bucket", None, "2"),
]
RECONCILING = Job("job-1", REF, JobKind.RECONCILE, JobState.PENDING, "ann", BORN, BORN)
EXPIRED = {"key": "zips/x.zip", "size": 1234, "until": "2026-03-22T10:30:00+00:00"}
ZIPPED = replace(
    RECONCILING,
    kind=JobKind.ZIP,
    state=JobState.SUCCEEDED,
    version=2,
    done=3,
    total=3,
    report=EXPIRED | {"link": "https://s3/zips/x.zip?sig", "seconds": 900},
)
UNARCHIVED = Unarchived(["dir/a", "dir/b"], Uncertain(1, ("dir/b",)), ("dir/gone",), 1)

RESULTS: dict[str, tuple[str, Any]] = {
    "login_profile": ("GET /auth/loginProfile/{userId}", SESSION),
    "sign_in": ("POST /auth/loginProfile/{userId}", SESSION),
    "allowed_routes": (
        "POST /auth/routes",
        AllowedRoutes("ann", [("GET", "/databases"), ("PUT", "/database/{databaseId}")]),
    ),
    "secure_config": ("GET /secure-config", SESSION),
    "buckets": ("GET /buckets", SESSION),
    "no_schemas": ("GET /metadataschema", SESSION),
    "update_asset": (f"PUT {_ASSET}", HEAD),
    "archive_asset": (f"DELETE {_ASSET}/archiveAsset", ARCHIVED),
    "delete_asset": (f"DELETE {_ASSET}/deleteAsset", DeletedAsset(HEAD)),
    "unarchive_asset": (f"PUT {_ASSET}/unarchiveAsset", HEAD),
    "start_upload": (
        "POST /uploads",
        StartedUpload(UPLOAD, ASKED, [["https://s3/1", "https://s3/2"], []]),
    ),
    "renew_links": (
        "POST /uploads/{uploadId}/links",
        RenewedLinks(
            UPLOAD,
            [
                OpenFile(UPLOAD.files[0], [StoredPart(1, "x", 5)], {2: "https://s3/2"}, 5),
                OpenFile(UPLOAD.files[1], [], {}, None),
            ],
        ),
    ),
    "complete_upload": (
        "POST /uploads/{uploadId}/complete",
        CompletedUpload(HEAD, UPLOAD.upload_id, SENT, version=SECOND),
    ),
    "abort_upload": ("POST /uploads/{uploadId}/abort", AbortedUpload(UPLOAD, ("a.txt",))),
    "list_changes": (f"GET {_ASSET}/changes", ChangePage(CHANGES, "next")),
    "reconcile_files": (f"POST {_ASSET}/reconcile", Deferred(HEAD, RECONCILING)),
    "list_files": (
        f"GET {_ASSET}/listFiles",
        FilePage(REF, [FOLDER, NEWEST, GONE], "next", primary=LOD, previews={NEWEST.path: PREVIEW}),
    ),
    "get_file": (f"GET {_ASSET}/fileInfo", VIEW),
    "get_file_with_history": (
        f"GET {_ASSET}/fileInfo",
        replace(VIEW, history=[NEWEST, OLDEST], held={"ov2": [SECOND]}, cursor="next"),
    ),
    "download_file": (f"POST {_ASSET}/download", LINK),
    "download_version": (f"GET {_VERSION}/download", LinkPage(SECOND, [LINK], "next")),
    "zip_version": (f"POST {_VERSION}/zip", Deferred(HEAD, replace(RECONCILING, kind=JobKind.ZIP))),
    "get_job": (
        f"GET {_ASSET}/operations/{{operationId}}",
        (HEAD, Job("job-1", REF, JobKind.REVERT, JobState.SUCCEEDED, "ann", BORN, LATER, 2, 2, version=2)),
    ),
    "list_jobs": (
        f"GET {_ASSET}/operations",
        JobPage(
            HEAD,
            [
                replace(RECONCILING, job_id="job-2", state=JobState.FAILED, error="why"),
                Job("job-1", REF, JobKind.REVERT, JobState.SUCCEEDED, "ann", BORN, LATER, 2, 2, version=2),
            ],
            "next",
        ),
    ),
    "get_zip": (f"GET {_ASSET}/operations/{{operationId}}", (HEAD, ZIPPED)),
    "get_expired_zip": (
        f"GET {_ASSET}/operations/{{operationId}}",
        (HEAD, replace(ZIPPED, report=EXPIRED)),
    ),
    "revert_file": (
        f"POST {_ASSET}/revertFileVersion/{{versionId}}",
        RevertedFile("dir/größe.glb", "ov1", "ov5"),
    ),
    "move_file": (f"POST {_ASSET}/moveFile", ["dir/a", "dir/b"]),
    "copy_file": (f"POST {_ASSET}/copyFile", ["dir/b"]),
    "set_primary_file": (f"PUT {_ASSET}/setPrimaryFile", PrimaryFile("dir/a", "lod1")),
    "create_folder": (f"POST {_ASSET}/createFolder", ["dir/new/"]),
    "download_preview": (f"POST {_ASSET}/download", replace(LINK, shelf=Shelf.PREVIEW)),
    "delete_asset_preview": (f"DELETE {_ASSET}/deleteAssetPreview", HEAD),
    "delete_auxiliary_previews": (
        f"DELETE {_ASSET}/deleteAuxiliaryPreviewAssetFiles",
        DeletedAuxiliary("dir/a", 2),
    ),
    "delete_file": (f"DELETE {_ASSET}/deleteFile", ["dir/a", "dir/b"]),
    "get_root": (f"GET {_ASSET}/fileInfo", FileView(REF, ObjectVersion("", "", 0, True, False), None)),
    "get_folder": (f"GET {_ASSET}/fileInfo", FileView(REF, FOLDER, "application/x-directory")),
    "archive_file": (f"DELETE {_ASSET}/archiveFile", ["dir/a", "dir/b"]),
    "unarchive_file": (f"POST {_ASSET}/unarchiveFile", UNARCHIVED),
    "list_subscriptions": (
        "GET /subscriptions",
        SubscriptionPage([(Subscription(REF, frozenset({"bob", "ann"})), HEAD)], "next"),
    ),
    "subscribe": ("POST /subscriptions", HEAD),
    "replace_subscription": ("PUT /subscriptions", HEAD),
    "is_subscribed": ("POST /check-subscription", True),
    "is_not_subscribed": ("POST /check-subscription", False),
    "delete_subscription": ("DELETE /subscriptions", HEAD),
    "unsubscribe": ("DELETE /unsubscribe", HEAD),
}


@pytest.mark.parametrize("name", RESULTS)
def test_every_route_answers_exactly_this(name: str) -> None:
    key, result = RESULTS[name]
    reply = ROUTE[key].encode(result)
    status = 202 if isinstance(result, Deferred) else 200
    assert (reply.status, reply.body) == (status, golden(GOLDEN, name, reply.body))


@pytest.mark.parametrize("name", ["update_asset", "archive_asset", "unarchive_asset"])
def test_a_changed_asset_carries_its_revision(name: str) -> None:
    key, result = RESULTS[name]
    assert ROUTE[key].encode(result).headers == {"ETag": '"7"'}


def test_an_upload_that_can_not_be_completed_says_why_for_each_file() -> None:
    problem = errors.Incomplete({"a.glb": "only 1 of 2 parts have arrived.", "b": "is odd."})
    reply = ROUTE["POST /uploads/{uploadId}/complete"].error(problem)
    assert (reply.status, reply.body["overallSuccess"]) == (400, False)
    assert reply.body["fileResults"] == [
        {"relativeKey": "a.glb", "success": False, "error": "only 1 of 2 parts have arrived."},
        {"relativeKey": "b", "success": False, "error": "is odd."},
    ]
    said = "files: 'a.glb': only 1 of 2 parts have arrived. (1 more files have problems.)"
    assert reply.body["message"] == f"{said} Nothing was completed."


def test_a_version_of_the_working_files_tells_how_they_were_read() -> None:
    taken = replace(SECOND, taken=Taken(By.JOURNAL, BORN))
    told = {"by": "journal", "through": "2026-03-15T10:30:00.999Z"}
    assert ROUTE[f"POST {_ASSET}/createVersion"].encode(Done(HEAD, taken)).body["snapshot"] == told
    shown = VersionFiles(HEAD, taken, [], None)
    assert ROUTE[f"GET {_ASSET}/getVersion/{{assetVersionId}}"].encode(shown).body["snapshot"] == told


def test_a_reconciliation_tells_what_it_has_found() -> None:
    report = {"compared": 7, "missed": ["a", "b"], "missed_count": 2}
    job = replace(RECONCILING, state=JobState.SUCCEEDED, report=report)
    shown = ROUTE[f"GET {_ASSET}/operations/{{operationId}}"].encode((HEAD, job)).body["report"]
    assert shown == {"comparedFiles": 7, "missedFiles": ["a", "b"], "missedCount": 2}
