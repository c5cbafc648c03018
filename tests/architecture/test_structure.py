"""The tree is as designed: routes, folders and access rows agree; each thing has one place."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.dialects.common.lazy import LazyFunction
from assetversions.dialects.common.route import Route
from assetversions.engine.operation import Operation

from infra.access import ACCESS

ROOT = Path(__file__).parents[2]
CORE = ROOT / "layers/core/python/assetversions"
AUTH = ROOT / "layers/auth/python/authz"
LAYERS = sorted(path for place in (CORE, AUTH) for path in place.rglob("*.py"))
OURS = ["functions", "infra", "layers/core", "layers/auth", "local", "client", "tests"]
SOURCES = sorted(
    path
    for place in OURS
    for path in (ROOT / place).rglob("*.py")
    if not {"build", "cdk.out", ".local"} & set(path.relative_to(ROOT).parts)
)
# The functions that no route names, and what each is made of: an operation's is `endpoint(<operation>)`,
# a family's `family(<name>)`.
HANDLERS = {
    "seed_policy": "from assetversions.runtime.seeding import handler",
    "authorizer": "from assetversions.runtime.authorizer import handler",
    "look_at_person": "from assetversions.runtime.looking import handler",
    "fallback": "from assetversions.runtime.fallback import handler",
    "on_files_changed": "from assetversions.runtime.arrivals import handler",
    "make_automatic_version": "from assetversions.runtime.automatic import handler",
    "reconcile_assets": "from assetversions.runtime.reconciling import handler",
    "deliver_webhooks": "from assetversions.runtime.delivering import handler",
    "send_mail": "from assetversions.runtime.mailing import handler",
    "publish_events": "from assetversions.runtime.publishing import handler",
    "job_prepare": "handler = worker(prepare)",
    "job_copy": "handler = worker(copy)",
    "job_finish": "handler = worker(finish)",
    "job_fail": "handler = worker(fail)",
}
DEPLOYMENT_ONLY = set(HANDLERS)
# A one-line function whose name, parameters and types say all there is to say needs no sentence.
TRIVIAL_LINES = 4
DOCUMENTED = {"domain", "operations", "storage", "dialects", "authz"}


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def is_empty_package(path: Path) -> bool:
    return path.name == "__init__.py" and not path.read_text().strip()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def folders() -> set[str]:
    return {path.parent.name for path in ROOT.glob("functions/*/handler.py")}


def routed() -> set[str]:
    return {route.operation for route in ROUTES}


def declared() -> set[str]:
    """Every operation that some module of `operations` declares."""
    found = set()
    for path in CORE.glob("operations/*/*.py"):
        module = importlib.import_module(f"assetversions.operations.{path.parent.name}.{path.stem}")
        found |= {thing.name for thing in vars(module).values() if isinstance(thing, Operation)}
    return found


def constants(path: Path) -> Iterator[str]:
    """The text constants of a module that are not documentation."""
    module = tree(path)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def undocumented(path: Path) -> list[str]:
    """The public functions, methods and classes of a module that have no docstring and are not trivial."""
    missing = []
    for node in tree(path).body:
        inside = node.body if isinstance(node, ast.ClassDef) else []
        for thing in (node, *inside):
            if not isinstance(thing, ast.FunctionDef | ast.ClassDef) or thing.name.startswith("_"):
                continue
            plain_record = isinstance(thing, ast.ClassDef) and not any(
                isinstance(member, ast.FunctionDef) and not member.name.startswith("_")
                for member in thing.body
            )
            trivial = plain_record or len(thing.body) <= TRIVIAL_LINES
            if not trivial and ast.get_docstring(thing) is None:
                missing.append(f"{short(path)}:{thing.lineno} {thing.name}")
    return missing


def test_every_operation_has_a_folder_a_route_and_an_access_row():
    assert declared() == routed()
    assert folders() == {operations.function(name) for name in routed()} | DEPLOYMENT_ONLY
    assert set(ACCESS) == folders()


def test_an_operation_is_alone_in_the_file_of_its_name():
    for name in declared():
        module = importlib.import_module(operations.find(name).run.__module__)
        public = [
            key
            for key, thing in vars(module).items()
            if isinstance(thing, Operation)
            or (inspect.isfunction(thing) and thing.__module__ == module.__name__)
        ]
        assert [key for key in public if not key.startswith("_")] == [name]


def test_an_operation_on_versions_is_a_function_of_its_own_and_others_are_one_a_family():
    for name in declared():
        family = operations.family(name)
        assert operations.function(name) == (name if family == "versions" else family)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_what_a_route_names_is_there(route: Route):
    """Its functions are imported when they are first called; a slip must not wait for that."""
    for named in (route.decode, route.encode, route.error):
        inside = [cell.cell_contents for cell in getattr(named, "__closure__", None) or ()]
        for found in (named, *inside):
            assert isinstance(found, LazyFunction) or found is named
            if isinstance(found, LazyFunction):
                assert callable(found.load())


def test_a_route_is_there_once():
    keys = [route.key for route in ROUTES]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("path", sorted(ROOT.glob("functions/*/handler.py")), ids=short)
def test_a_handler_is_about_six_lines(path: Path):
    assert len(path.read_text().splitlines()) <= 8
    assert any(isinstance(node, ast.Assign | ast.ImportFrom) for node in tree(path).body)
    name = path.parent.name
    family = f'handler = family("{name}")'
    usual = f"handler = endpoint({name})" if name in declared() else family
    assert HANDLERS.get(name, usual) in path.read_text().splitlines()


def test_every_module_says_what_it_is_for():
    modules = [path for path in SOURCES if not is_empty_package(path)]
    assert [short(path) for path in modules if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_no_file_is_longer_than_three_hundred_lines():
    lengths = {short(path): len(path.read_text().splitlines()) for path in SOURCES}
    assert {path: length for path, length in lengths.items() if length >= 300} == {}


def test_public_names_are_documented():
    of_them = [path for path in LAYERS if DOCUMENTED & set(path.parts)]
    assert [missing for path in of_them for missing in undocumented(path)] == []


def test_the_environment_is_read_in_one_module():
    readers = {short(path) for path in LAYERS if re.search(r"\b(environ|getenv)\b", path.read_text())}
    assert readers == {short(CORE / "runtime/environment.py")}


def test_keys_of_the_table_are_spelled_in_one_module():
    spelled = re.compile(r"(PK|SK)|(DB|ASSET|V|ALIAS|EVENT|UID|JOB|UPLOAD|POLICY|RULE|ROLE)#.*")
    found = {short(path) for path in LAYERS if any(map(spelled.fullmatch, constants(path)))}
    assert found == {short(CORE / "storage/dynamodb/keys.py")}


def test_the_unexpected_is_caught_in_one_place():
    broad = {
        short(path)
        for path in LAYERS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or {"Exception", "BaseException"} & set(re.findall(r"\w+", ast.unparse(node.type)))
        )
    }
    assert broad == {short(CORE / "runtime/endpoint.py")}


def test_no_test_of_the_fast_tiers_sleeps():
    fast = [path for path in SOURCES if path.is_relative_to(ROOT / "tests")]
    fast = [path for path in fast if not {"system", "stack", "strict", "mutants"} & set(path.parts)]
    fast = [path for path in fast if "ministack" not in path.name]
    assert [short(path) for path in fast if re.search(r"(?<!def )\bsleep\(", path.read_text())] == []
