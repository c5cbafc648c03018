"""The house has rooms: each thing lies in the room of its kind, small enough to be read at once."""

import ast
from pathlib import Path

import pytest

from tests.architecture.test_structure import CORE, LAYERS, short, tree

PACKAGES = [path for path in LAYERS if path.name == "__init__.py"]
ROOMS = {"domain", "engine", "operations"}
TYPED = [path for path in LAYERS if path.is_relative_to(CORE) and path.relative_to(CORE).parts[0] in ROOMS]
MOST_LINES = 250


def takes_anything(path: Path) -> list[str]:
    """The functions of a module that take any argument of any name, or any number of anything."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            rest = [one for one in (node.args.vararg, node.args.kwarg) if one is not None]
            if any(one.annotation is None or ast.unparse(one.annotation) == "Any" for one in rest):
                found.append(f"{node.lineno} {node.name}")
    return found


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


@pytest.mark.parametrize("path", LAYERS, ids=short)
def test_a_file_of_the_layers_is_read_in_five_screens(path: Path):
    assert len(path.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", TYPED, ids=short)
def test_no_function_of_the_core_takes_just_anything(path: Path):
    assert takes_anything(path) == []
