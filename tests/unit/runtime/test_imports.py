"""What a function imports before its first request: nothing slow that its operation does not use."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LAYERS = [ROOT / "layers" / name / "python" for name in ("core", "auth")]
# python-jose and what it verifies with.
SLOW = ["jose", "cryptography"]
LOOK = """
import sys, handler
print([name for name in {slow} if name in sys.modules])
print(*(name for name in sys.modules if name.startswith("assetversions.")))
from assetversions.dialects.common.http import Body
print([body.__name__ for body in Body.__subclasses__()])
"""
# One call of each kind of a route's functions, as far as it gets: what they are made of is imported then.
ASK = """
import sys, handler
from contextlib import suppress
from assetversions.dialects import ROUTES
from assetversions.dialects.common.http import Body, Request
for route in ROUTES:
    if route.key == {key!r}:
        for part, given in ((route.decode, Request()), (route.encode, None), (route.error, ValueError())):
            with suppress(Exception):
                part(given)
print(*(name for name in sys.modules if name.startswith("assetversions.dialects.")))
print([body.__name__ for body in Body.__subclasses__() if body.__pydantic_complete__])
"""
# What a table of routes is made of, and what all dialects share.
LIGHT = {
    "routes",
    "routes_access",
    "routes_beside",
    "routes_objects",
    "routes_pages",
    "routes_webhooks",
    "common",
    "http",
    "lazy",
    "route",
}
# What the handler brings in that was not there before.
BROUGHT = "import sys; before = set(sys.modules); import handler; print(*set(sys.modules) - before)"


def told(function: str, code: str) -> list[str]:
    """The lines that the code prints where this function's handler can be imported."""
    path = [str(folder) for folder in (*LAYERS, ROOT / "functions" / function)]
    code = f"import sys; sys.path[:0] = {path}\n{code}"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    return ran.stdout.splitlines()


@pytest.mark.parametrize("function", ["get_version", "create_version", "files", "access", "job_copy"])
def test_a_function_imports_nothing_slow_and_no_dialect_before_it_is_asked(function: str):
    slow, modules, bodies = told(function, LOOK.format(slow=SLOW))
    assert (slow, bodies) == ("[]", "[]")
    dialects = [name.split(".")[2:] for name in modules.split() if name.startswith("assetversions.dialects.")]
    assert dialects or function == "job_copy"
    assert [name for name in dialects if len(name) > 1 and name[-1] not in LIGHT] == []


def test_a_family_imports_no_operation_before_it_is_asked():
    _, modules, _ = told("files", LOOK.format(slow=SLOW))
    assert [name for name in modules.split() if name.startswith("assetversions.operations.")] == []


@pytest.mark.parametrize(
    ("key", "dialect"),
    [
        ("GET /database/{databaseId}/assets/{assetId}/getVersion/{assetVersionId}", "vams"),
        ("GET /assets/{assetId}/versions/{versionId}", "posta"),
        ("GET /v1/drives/{drive_id}/content/{content_id}/versions/{version_id}", "disguise"),
    ],
)
def test_a_request_imports_its_own_dialect_and_builds_no_body_that_nobody_sent(key: str, dialect: str):
    modules, built = told("get_version", ASK.format(key=key))
    asked = {name.split(".")[2] for name in modules.split() if name.split(".")[-1] in ("requests", "replies")}
    assert asked == {dialect}
    assert built == "[]"


def test_the_authorizer_imports_no_dialect_and_nothing_slow():
    brought = told("authorizer", BROUGHT)[0].split()
    assert "assetversions.runtime.credentials" in brought
    assert [name for name in brought if name in SLOW or name.startswith("assetversions.dialects")] == []


def test_what_clients_ask_before_they_sign_in_brings_in_no_store_and_no_guard():
    brought = told("service", BROUGHT)[0].split()
    assert "assetversions.runtime.endpoint" in brought
    own = {"runtime.wiring", "runtime.stores", "runtime.admitted", "domain.policy", "domain.model"}
    heavy = {"boto3", "casbin"} | {f"assetversions.{name}" for name in own}
    assert heavy & set(brought) == set()


# What goes out by itself, with whatever writes letters; and what few requests have: a key, or work for a job.
SELDOM = {
    "runtime.outward",
    "runtime.no_guard",
    "storage.mail",
    "storage.receivers",
    "storage.job_commands",
    "storage.dynamodb.receipt_results",
    "domain.webhooks",
    "domain.commands.access",
    "domain.commands.catalog",
    "domain.commands.files",
    "domain.results.access",
}
# What those bring in who work on an asset: who somebody is stands in the table.
OF_ASSETS = {
    "runtime.stores",
    "runtime.admitted",
    "storage.jobs",
    "storage.s3.copier",
    "domain.jobs",
    "domain.ports",
}


@pytest.mark.parametrize(
    ("function", "more"),
    [
        ("create_version", {"domain.commands.metadata"}),
        ("get_version", {"domain.results.files", "domain.commands.metadata"}),
        ("authorizer", OF_ASSETS | {"domain.results", "domain.commands", "engine", "operations"}),
    ],
)
def test_what_few_requests_need_is_imported_for_those_alone(function: str, more: set[str]):
    brought = set(told(function, BROUGHT)[0].split())
    assert "assetversions.runtime.wiring" in brought
    assert {f"assetversions.{name}" for name in SELDOM | more} & brought == set()


# What botocore does without, and what Casbin has for globs.
NEEDLESS = {"boto3", "s3transfer", "wcmatch._wcparse", "bracex", "botocore.docs.service", "html.parser"}


@pytest.mark.parametrize("function", ["create_version", "get_version", "authorizer", "files", "job_copy"])
def test_a_start_leaves_out_what_libraries_have_for_others(function: str):
    assert NEEDLESS & set(told(function, BROUGHT)[0].split()) == set()


def test_a_start_does_not_look_for_garbage_among_what_it_makes():
    found = told("get_version", "import gc, handler; print(gc.get_threshold()[0] >= 100_000)")
    assert found == ["True"]


def test_the_authorizer_imports_what_checks_rules_and_bodies_not_at_all():
    assert {"pydantic", "casbin"} & set(told("authorizer", BROUGHT)[0].split()) == set()


def test_the_fallback_imports_nothing_but_the_standard_library():
    brought = told("fallback", BROUGHT)[0].split()
    foreign = {name for name in brought if name.split(".")[0] not in sys.stdlib_module_names}
    own = {f"assetversions.runtime.{name}" for name in ("fallback", "environment", "stage")}
    assert foreign == {"handler", "assetversions", "assetversions.runtime"} | own
