"""The exact replies of every Posta route, and of every error."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.posta.routes import ROUTES
from assetversions.domain import errors
from assetversions.domain.jobs import Job, JobKind, JobState
from assetversions.domain.model import Asset, AssetRef, Content, Origin, OriginKind, State, Version
from assetversions.domain.results.catalog import AssetPage, AssetView
from assetversions.domain.results.versions import (
    Deferred,
    Done,
    ResolvedVariables,
    VersionDetails,
    VersionExtras,
    VersionPage,
)
from assetversions.domain.variables import Behavior, Kind, Resolved, Value, Variable
from msgspec.structs import replace

from tests.support.described import check_refusal, check_reply
from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
ROUTE = {route.key: route for route in ROUTES}
_VERSIONS = "/assets/{assetId}/versions"
_VERSION = f"{_VERSIONS}/{{versionId}}"

REF = AssetRef("my-database", "my-asset")
BORN = datetime(2026, 3, 15, 10, 30, 0, 999_000, tzinfo=UTC)
LATER = datetime.fromisoformat("2026-03-16T12:00:00+02:00")
HEAD = Asset(
    REF, 0x123456789ABCDEF012345, "Größe", "an asset", "html", (), True, BORN, "ann", LATER,
    latest=3, current=2, published=1, base="digest", rev=7,
)  # fmt: skip
BARE = replace(HEAD, ref=AssetRef("my-database", "bare"), latest=0, current=None, published=None)
DRAFT = Version(
    REF, HEAD.uid, 2, State.DRAFT, "", "Grüezi", "v1.0", BORN, "ann", LATER, "bob",
    Origin(OriginKind.CREATED), files=1, bytes=15, manifest="digest", open=True, variables="digest",
    content=Content("text/html", 15, "content.html", "ov1"),
)  # fmt: skip
PUBLISHED = replace(
    DRAFT, number=1, state=State.PUBLISHED, comment="", variables=None, files=0, bytes=0,
    content=Content(None, None, url="https://example.com/a"),
)  # fmt: skip
FILES = replace(DRAFT, number=3, state=State.ARCHIVED, content=None, files=40, bytes=2**33, variables=None)
VARIABLES = (
    Variable("firstName", Kind.VALUE, Behavior.REQUIRED, False, None, "Jane"),
    Variable("logo", Kind.ASSET, Behavior.OVERRIDABLE_PRESET, True, Value("ast_0000000000000001", 1)),
)
EXTRAS = VersionExtras(VARIABLES, None)
LINKED = VersionExtras((), "https://example.com/a")
JOB = Job("job-1", REF, JobKind.CREATE, JobState.PENDING, "ann", BORN, BORN)
DONE = Done(HEAD, DRAFT, extras=EXTRAS)
VALUES = [Resolved("firstName", Value(""), "variables.0.value", Kind.VALUE)]

RESULTS: dict[str, tuple[str, Any]] = {
    "list_assets": ("GET /posta/assets", AssetPage([HEAD, BARE], "next", standing={REF: PUBLISHED})),
    "list_assets_last_page": ("GET /posta/assets", AssetPage([], None)),
    "get_asset": ("GET /assets/{assetId}", AssetView(HEAD, DRAFT, standing=DRAFT)),
    "list": (
        f"GET {_VERSIONS}",
        VersionPage(HEAD, [FILES, DRAFT, PUBLISHED], "next", (VersionExtras(), EXTRAS, LINKED)),
    ),
    "list_last_page": (f"GET {_VERSIONS}", VersionPage(HEAD, [], None, ())),
    "create": (f"POST {_VERSIONS}", DONE),
    "create_as_a_job": (f"POST {_VERSIONS}", Deferred(HEAD, JOB)),
    "job_at_work": ("GET /assets/{assetId}/jobs/{jobId}", (HEAD, JOB)),
    "job_that_failed": (
        "GET /assets/{assetId}/jobs/{jobId}",
        (HEAD, replace(JOB, state=JobState.FAILED, error="a.txt is gone.")),
    ),
    "job_that_is_done": (
        "GET /assets/{assetId}/jobs/{jobId}",
        (HEAD, replace(JOB, state=JobState.SUCCEEDED, version=2)),
    ),
    "get_open_draft": (
        f"GET {_VERSION}",
        VersionDetails(HEAD, DRAFT, replace(EXTRAS, text="<p>Grüezi</p>")),
    ),
    "get": (f"GET {_VERSION}", VersionDetails(HEAD, PUBLISHED, LINKED)),
    "update": (f"PUT {_VERSION}", DONE),
    "publish": (f"POST {_VERSION}/publish", DONE),
    "archive": (f"POST {_VERSION}/archive", DONE),
    "clone": (f"POST {_VERSION}/clone", DONE),
    "delete": (f"DELETE {_VERSION}", DONE),
    "resolve": (f"POST {_VERSION}/variables/resolve", ResolvedVariables(HEAD, DRAFT, VALUES)),
}

ERRORS: dict[str, Exception] = {
    "invalid": errors.Invalid("notes", "should have at most 255 characters."),
    "unauthenticated": errors.Unauthenticated("Sign in and send the access token."),
    "forbidden": errors.Forbidden("You are not allowed to publish here."),
    "not_found": errors.NotFound("version", "astv_x"),
    "conflict": errors.Conflict("Version 1 is deleted already."),
    "read_only": errors.ReadOnly("Version 1 is archived and read-only."),
    "unprocessable": errors.Unprocessable({"variables.0.value": "is preset.", "variables.x": "is required."}),
    "key_reused": errors.KeyReused("Idempotency-Key: this key came with another request before."),
    "too_large": errors.TooLarge("The body has 6,000,000 bytes; 5,000,000 are the most."),
    "busy": errors.Busy("Send the request again."),
    "unexpected": RuntimeError("a secret"),
}


@pytest.mark.parametrize("name", RESULTS)
def test_every_route_answers_exactly_this(name: str) -> None:
    key, result = RESULTS[name]
    reply = ROUTE[key].encode(result)
    shown = {"status": reply.status, "headers": dict(reply.headers), "body": reply.body}
    assert shown == golden(GOLDEN, name, shown)
    check_reply(key, reply)


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
def test_a_version_that_was_never_published_does_not_tell_where_its_content_is(state: State) -> None:
    version = replace(DRAFT, state=state, archived_from=State.DRAFT if state is State.ARCHIVED else None)
    body = ROUTE[f"GET {_VERSION}"].encode(VersionDetails(HEAD, version, LINKED)).body
    assert "contentUrl" not in body


def test_no_route_is_left_out() -> None:
    assert {key for key, _ in RESULTS.values()} == set(ROUTE)


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("key", ROUTE)
def test_every_error_is_a_problem(key: str, name: str) -> None:
    reply = ROUTE[key].error(ERRORS[name])
    shown = {"status": reply.status, "headers": dict(reply.headers), "body": reply.body}
    assert shown == golden(GOLDEN, f"error_{name}", shown)
    check_refusal(key, reply)
    assert reply.body["status"] == reply.status
