"""The house has rooms: each thing lies in the room of its kind, small enough to be read at once."""

import ast
from pathlib import Path

import pytest

from tests.architecture.test_structure import CORE, LAYERS, ROOT, short, tree

PACKAGES = [path for path in LAYERS if path.name == "__init__.py"]
ROOMS = {"domain", "engine", "operations"}
TYPED = [path for path in LAYERS if path.is_relative_to(CORE) and path.relative_to(CORE).parts[0] in ROOMS]
MOST_LINES = 250
VALUES = "a value of the layers is a `msgspec.Struct`, and `msgspec.structs.replace` changes one"


def takes_anything(path: Path) -> list[str]:
    """The functions of a module that take any argument of any name, or any number of anything."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            rest = [one for one in (node.args.vararg, node.args.kwarg) if one is not None]
            if any(one.annotation is None or ast.unparse(one.annotation) == "Any" for one in rest):
                found.append(f"{short(path)}:{node.lineno} {node.name}")
    return found


def taken_of_dataclasses(path: Path) -> set[str]:
    imports = (node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom))
    return {name.name for node in imports if node.module == "dataclasses" for name in node.names}


def test_operations_lie_in_their_families_and_nothing_lies_beside_them():
    here = CORE / "operations"
    assert [path.name for path in here.glob("*.py")] == ["__init__.py"]
    assert {path.parent.parent for path in here.rglob("*.py")} == {here, here.parent}


@pytest.mark.parametrize("path", PACKAGES, ids=short)
def test_a_package_says_in_one_sentence_what_it_is_for(path: Path):
    said = ast.get_docstring(tree(path)) or ""
    assert said.endswith(".")
    assert ". " not in said
    assert "\n" not in said


def test_a_file_of_the_layers_is_read_in_five_screens():
    lengths = {short(path): len(path.read_text().splitlines()) for path in LAYERS}
    assert {path: length for path, length in lengths.items() if length > MOST_LINES} == {}


def test_no_function_of_the_core_takes_just_anything():
    assert [found for path in TYPED for found in takes_anything(path)] == []


def test_no_start_pays_for_making_dataclasses():
    found = [short(path) for path in LAYERS if taken_of_dataclasses(path)]
    assert found == [], VALUES


def test_no_test_takes_a_value_of_the_layers_for_a_dataclass():
    tests = sorted((ROOT / "tests").rglob("*.py"))
    taken = {short(path): taken_of_dataclasses(path) for path in tests}
    found = [
        path for path, names in taken.items() if names - {"dataclass", "field"} and "dataclass" not in names
    ]
    assert found == [], VALUES
