"""The exact bodies of every VAMS route: the documented one under `message`, the same facts flat beside it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.vams.ids import spell
from assetversions.dialects.vams.routes import ROUTES as VERSION_ROUTES
from assetversions.dialects.vams.routes_access import ROUTES as ACCESS_ROUTES
from assetversions.dialects.vams.routes_beside import ROUTES as BESIDE_ROUTES
from assetversions.domain.automatic import After, AutoVersion, Failed
from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.jobs import Job, JobKind, JobState
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.renames import Renamed
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.model import Asset, AssetRef, Database, Origin, OriginKind, State, Version
from assetversions.domain.ports.files import FileStatus, Source
from assetversions.domain.results.catalog import AssetPage, AssetView, DatabasePage, DatabaseView, Place
from assetversions.domain.results.versions import (
    Comparison,
    Deferred,
    Done,
    Planned,
    Side,
    Totals,
    Uncertain,
    Verification,
    VersionFiles,
    VersionPage,
)
from assetversions.domain.service_facts import ServiceFacts
from msgspec.structs import replace

from tests.dialects.vams import (
    test_access_replies,
    test_comment_bodies,
    test_export_bodies,
    test_flow_replies,
    test_link_bodies,
    test_metadata_bodies,
    test_streams,
    test_tag_bodies,
    test_vams_lifecycle,
)
from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
ROUTES = (*VERSION_ROUTES, *ACCESS_ROUTES, *BESIDE_ROUTES)
ROUTE = {route.key: route for route in ROUTES}
_ASSET = "/database/{databaseId}/assets/{assetId}"
_VERSION = f"{_ASSET}/assetversions/{{assetVersionId}}"

REF = AssetRef("my-database", "my-asset")
BORN = datetime(2026, 3, 15, 10, 30, 0, 999_000, tzinfo=UTC)
LATER = datetime.fromisoformat("2026-03-16T12:00:00+02:00")
HEAD = Asset(
    REF, 0x123456789ABCDEF012345, "Größe", "an asset", "glb", ("red", "blue"), True, BORN, "ann", LATER,
    latest=2, current=2, base="digest", rev=7,
)  # fmt: skip
SECOND = Version(
    REF, HEAD.uid, 2, State.DRAFT, "Floor 3", "Revised", "v1.0", BORN, "user@example.com", LATER, "bob",
    Origin(OriginKind.CREATED), files=2, bytes=2**40, manifest="digest",
)  # fmt: skip
FIRST = replace(SECOND, number=1, state=State.ARCHIVED, archived_from=State.DRAFT, alias=None, comment="")
DATABASE = Database(
    "my-database", "a database", BORN, "ann",
    extensions=(".glb", ".tar.gz"), auto_version=AutoVersion(After.QUIET, 60), auto_create_assets=True,
)  # fmt: skip
METADATA = (Metadatum("mass", "1.5", ValueType.NUMBER), Metadatum("maker", "Mara", ValueType.STRING))
FILES = [
    (
        Entry("dir/größe.glb", "ov2", 5, "etag-2", 1_773_570_600),
        FileStatus(gone=False, altered=False, deleted_now=True),
    ),
    (Entry("z.txt", "ov1", 0, "etag-1", 0), FileStatus(gone=True, altered=False, deleted_now=False)),
]
SAID = (FileMetadata("dir/größe.glb", METADATA[:1], METADATA[1:]), FileMetadata("z.txt", (), METADATA[1:]))
FACTS = ServiceFacts(
    "eu-central-1", "https://api.example.com", "https://tokens.example.com", "pool", "client",
    "https://pools.example.com", "https://pages.example.com", "browsers", "https://console.example.com/console/",
)  # fmt: skip

COMPARISON = Comparison(
    HEAD,
    Side(FIRST, 3, 12),
    Side(None, 2, 7),
    {"comment": ("", "Revised")},
    [(FILES[0][0], None), (None, FILES[1][0]), (FILES[1][0], FILES[1][0]._replace(version_id="ov3"))],
    Totals(1, 1, 1, 0, 5),
    "next",
    (METADATA, (Metadatum("mass", "2", ValueType.NUMBER), METADATA[1])),
    ((FileMetadata("a.txt", METADATA[1:]), FileMetadata("a.txt", (), METADATA[1:])),),
    Renamed(1, (("old/größe.glb", "new/größe.glb"),)),
)
JOB = Job("job-1", REF, JobKind.REVERT, JobState.SUCCEEDED, "ann", BORN, LATER, done=2, total=2, version=2)
ADOPTING = replace(JOB, kind=JobKind.ADOPT, state=JobState.RUNNING, version=None, total=7)
CANCELLED = replace(JOB, state=JobState.CANCELLED, error="Cancelled by bob.", total=5, version=None)

RESULTS: dict[str, Any] = {
    "GET /api/version": FACTS,
    "GET /api/amplify-config": FACTS,
    "POST /database": DATABASE,
    "GET /database": DatabasePage([DATABASE], "next", Place("my-bucket")),
    "GET /database/{databaseId}": DatabaseView(DATABASE, Place("my-bucket"), 3),
    "PUT /database/{databaseId}": DATABASE,
    "DELETE /database/{databaseId}": DATABASE,
    "POST /database/{databaseId}/adopt": replace(ADOPTING, state=JobState.PENDING),
    "GET /database/{databaseId}/adopt/{operationId}": ADOPTING,
    "POST /assets": HEAD,
    "GET /assets": AssetPage([HEAD], "next", {HEAD.ref: SECOND}, Place("my-bucket", "in/")),
    "GET /database/{databaseId}/assets": AssetPage([HEAD], None),
    f"GET {_ASSET}": AssetView(
        HEAD, SECOND, METADATA, Failed("a restore is under way", LATER), 0, Place("my-bucket", "in/")
    ),
    f"GET {_ASSET}/getVersions": VersionPage(HEAD, [SECOND, FIRST], "next"),
    f"GET {_ASSET}/getVersion/{{assetVersionId}}": VersionFiles(HEAD, SECOND, FILES, "next", METADATA, SAID),
    "GET /unsubscribe": None,
    "POST /unsubscribe": None,
    f"POST {_ASSET}/createVersion": Done(HEAD, SECOND),
    f"PUT {_VERSION}": Done(HEAD, SECOND),
    f"POST {_VERSION}/archive": Done(HEAD, FIRST),
    f"POST {_VERSION}/unarchive": Done(HEAD, FIRST),
    f"POST {_ASSET}/revertAssetVersion/{{assetVersionId}}": Done(HEAD, SECOND, {"lost.txt": "gone for good"}),
    f"GET {_ASSET}/compareVersions/{{versionA}}/{{versionB}}": COMPARISON,
    f"POST {_VERSION}/verify": Verification(HEAD, SECOND, 9, 2, ["gone"], ["odd"], ["digest"]),
    f"DELETE {_ASSET}/operations/{{operationId}}": (HEAD, CANCELLED),
}


# The topics with a file of their own; each has its route and result by the name of the golden body.
TOPICS = (
    test_flow_replies.RESULTS,
    test_access_replies.RESULTS,
    test_comment_bodies.RESULTS,
    test_export_bodies.RESULTS,
    test_link_bodies.RESULTS,
    test_metadata_bodies.RESULTS,
    test_tag_bodies.RESULTS,
    test_vams_lifecycle.RESULTS,
)


# What answers with the bytes of a file.
BYTES = set(test_streams.ROUTE)


def name_of(route_key: str) -> str:
    """`golden/<operation>.json`, or what distinguishes two routes of one operation."""
    name = ROUTE[route_key].operation
    return route_key.rpartition("/")[2] if name == "describe_service" else name


def kept(route_key: str) -> Any:
    return json.loads((GOLDEN / f"{name_of(route_key)}.json").read_text())


def test_every_route_has_a_golden_body():
    elsewhere = {name: key for topic in TOPICS for name, (key, _) in topic.items()}
    assert len(elsewhere) == sum(map(len, TOPICS))
    assert set(RESULTS) | set(elsewhere.values()) | BYTES == set(ROUTE)
    assert not set(RESULTS) & set(elsewhere.values())
    assert {file.stem for file in GOLDEN.iterdir()} == {*map(name_of, RESULTS), *elsewhere}


@pytest.mark.parametrize("key", RESULTS)
def test_a_reply_is_exactly_the_golden_one(key: str):
    reply = ROUTE[key].encode(RESULTS[key])
    body = json.loads(json.dumps(reply.body))
    status = 202 if key.endswith("/adopt") else 200
    assert (reply.status, body) == (status, golden(GOLDEN, name_of(key), body))


@pytest.mark.parametrize("key", [key for key in RESULTS if "{assetId}" in key])
def test_every_reply_about_an_asset_carries_its_revision(key: str):
    assert ROUTE[key].encode(RESULTS[key]).headers == {"ETag": '"7"'}


@pytest.mark.parametrize("key", [f"GET {_ASSET}/getVersions", f"GET {_ASSET}/getVersion/{{assetVersionId}}"])
def test_the_documented_part_is_inside_the_flat_one(key: str):
    body = kept(key)
    flat = body | ({"assetVersionId": body["message"]["assetVersionId"]} if "assetVersionId" in body else {})
    assert body["message"].items() <= flat.items()


@pytest.mark.parametrize(
    ("key", "result"),
    [
        (f"GET {_ASSET}/getVersion/{{assetVersionId}}", VersionFiles(HEAD, SECOND, [], None)),
        (f"POST {_ASSET}/createVersion", Done(HEAD, SECOND)),
        (f"PUT {_VERSION}", Done(HEAD, SECOND)),
        (f"POST {_VERSION}/archive", Done(HEAD, SECOND)),
        (f"POST {_VERSION}/unarchive", Done(HEAD, SECOND)),
        (f"POST {_VERSION}/publish", Done(HEAD, SECOND)),
        (f"POST {_VERSION}/clone", Done(HEAD, SECOND)),
        (f"POST {_ASSET}/revertAssetVersion/{{assetVersionId}}", Done(HEAD, SECOND)),
        (f"POST {_ASSET}/revertAssetVersion/{{assetVersionId}}", Planned(HEAD, SECOND, [], [], [])),
        (f"POST {_VERSION}/verify", Verification(HEAD, SECOND, 0, 0, [], [], [])),
        (f"GET {_ASSET}/operations/{{operationId}}", (HEAD, JOB)),
    ],
)
def test_a_version_is_its_number_beside_the_message_and_its_id_in_it(key: str, result: Any):
    body = ROUTE[key].encode(result).body
    assert body["assetVersionId"] == "2"
    if isinstance(body["message"], dict):
        assert body["message"]["assetVersionId"] == spell(SECOND.version_id)


def test_the_date_of_a_version_is_that_of_its_making_whatever_was_said_of_it_since():
    listed = ROUTE[f"GET {_ASSET}/getVersions"].encode(VersionPage(HEAD, [SECOND], None)).body["versions"][0]
    current = ROUTE[f"GET {_ASSET}"].encode(AssetView(HEAD, SECOND)).body["currentVersion"]
    for shown in (listed, current):
        assert shown["DateModified"] == shown["dateCreated"] == "2026-03-15T10:30:00Z"
        assert shown["dateModified"] == "2026-03-16T10:00:00Z"


@pytest.mark.parametrize("kind", [JobKind.CREATE, JobKind.REVERT, JobKind.VERIFY])
def test_what_a_job_does_is_accepted_with_the_address_of_its_progress(kind: JobKind):
    key = next(key for key in ROUTE if ROUTE[key].operation == f"{kind}_version")
    reply = ROUTE[key].encode(Deferred(HEAD, replace(JOB, kind=kind)))
    assert reply.status == 202
    assert (reply.body["operation"], reply.body["operationId"]) == (kind, "job-1")
    assert reply.headers["Location"] == "/database/my-database/assets/my-asset/operations/job-1"


def test_a_version_of_an_instant_says_of_what_it_is_not_certain():
    encode = ROUTE[f"POST {_ASSET}/createVersion"].encode
    body = encode(Done(HEAD, SECOND, uncertain=Uncertain(21, ("a", "b")))).body
    assert (body["uncertainCount"], body["uncertainFiles"]) == (21, ["a", "b"])
    assert "uncertainCount" not in encode(Done(HEAD, SECOND)).body


def test_a_job_says_of_what_its_version_is_not_certain():
    report = {"uncertain": ["a"], "uncertain_count": 1}
    body = ROUTE[f"GET {_ASSET}/operations/{{operationId}}"].encode((HEAD, replace(JOB, report=report))).body
    assert (body["uncertainCount"], body["uncertainFiles"], body["report"]) == (1, ["a"], None)


def test_a_folder_that_a_job_hides_is_accepted_too():
    reply = ROUTE[f"DELETE {_ASSET}/archiveFile"].encode(Deferred(HEAD, replace(JOB, kind=JobKind.ARCHIVE)))
    assert (reply.status, reply.body["operation"]) == (202, "archive")


def test_a_dry_run_names_what_would_be_done():
    planned = Planned(HEAD, FIRST, [FILES[0][0]], ["late.txt"], [Source(FILES[1][0], None, "archived")])
    body = ROUTE[f"POST {_ASSET}/revertAssetVersion/{{assetVersionId}}"].encode(planned).body
    assert body["plan"] == {
        "copy": {"count": 1, "files": ["dir/größe.glb"]},
        "delete": {"count": 1, "files": ["late.txt"]},
        "missing": {"count": 1, "files": ["z.txt"]},
    }
    assert (body["dryRun"], body["bytesToCopy"]) == (True, 5)
    assert body["missingReasons"] == {"z.txt": "archived"}


def test_a_dry_run_names_the_first_thousand_and_counts_all():
    gone = [f"{number}.txt" for number in range(1_001)]
    plan = Planned(
        HEAD, FIRST, [], gone, [Source(FILES[1][0]._replace(path=path), None, "gone") for path in gone]
    )
    body = ROUTE[f"POST {_ASSET}/revertAssetVersion/{{assetVersionId}}"].encode(plan).body
    assert body["plan"]["delete"] == body["plan"]["missing"] == {"count": 1_001, "files": gone[:1_000]}
    assert list(body["missingReasons"]) == gone[:1_000]


def test_a_verify_done_by_a_job_reports_what_it_found():
    report = {"checked": 9, "wrong": 0, "missing": [], "altered": [], "damaged": []}
    job = replace(JOB, kind=JobKind.VERIFY, report=report)
    body = ROUTE[f"GET {_ASSET}/operations/{{operationId}}"].encode((HEAD, job)).body
    assert body["report"]["intact"] is True
    assert body["report"]["checkedFiles"] == 9


def test_a_restore_done_by_a_job_names_what_it_skipped_in_the_words_of_the_request():
    reasons = {"a": "gone for good", "b": "archived"}
    job = replace(JOB, report={"skipped": ["a", "b"], "skipped_count": 7, "reasons": reasons})
    body = ROUTE[f"GET {_ASSET}/operations/{{operationId}}"].encode((HEAD, job)).body
    assert (body["skippedFiles"], body["skippedCount"], body["report"]) == (["a", "b"], 7, None)
    done = Done(HEAD, FIRST, reasons)
    said = ROUTE[f"POST {_ASSET}/revertAssetVersion/{{assetVersionId}}"].encode(done).body
    assert said["skippedReasons"] == body["skippedReasons"] == reasons
    assert "skippedFiles" in kept(f"POST {_ASSET}/revertAssetVersion/{{assetVersionId}}")


def test_the_last_page_has_no_token():
    page = VersionPage(HEAD, [], None)
    body = ROUTE[f"GET {_ASSET}/getVersions"].encode(page).body
    assert body == {"message": {"versions": []}, "versions": []}
