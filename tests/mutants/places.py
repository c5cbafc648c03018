"""Where the core can be broken, and how: one small change of the syntax tree at one place."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CORE = ROOT / "layers/core/python/assetversions"
AUTHZ = ROOT / "layers/auth/python/authz"
LAYERS = ("domain", "engine", "operations", "dialects", "storage", "runtime")
# Protocols and data only: nothing in them runs.
TYPES_ALONE = {"ports", "results"}

FLIPPED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SWAPPED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
}


@dataclass(frozen=True)
class Place:
    """The `number`-th change of a file: `text` is its line, `change` says what becomes of what.

    What stands in no function runs `at_import`.
    """

    path: str
    number: int
    line: int
    lines: tuple[int, int]
    text: str
    change: str
    at_import: bool

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.change}"

    @property
    def key(self) -> str:
        """The same wherever in its file the line stands."""
        return f"{self.path} | {self.text} | {self.change}"


def files() -> list[Path]:
    found = [path for layer in LAYERS for path in (CORE / layer).rglob("*.py")]
    kept = [path for path in found if not TYPES_ALONE & set(path.parts)]
    return sorted([*kept, *AUTHZ.glob("*.py")])


def places() -> list[Place]:
    return [place for path in files() for place in _of(path)]


def function_lines(path: str) -> set[int]:
    """The lines of a file that run when something of it is called."""
    inside = _in_functions(ast.parse((ROOT / path).read_text()))
    bodies = (node.body for node in inside if isinstance(node, ast.FunctionDef))
    return {line for body in bodies for line in range(body[0].lineno, (body[-1].end_lineno or 0) + 1)}


def mutated(place: Place) -> ast.Module:
    """The file's tree with the one change."""
    tree = ast.parse((ROOT / place.path).read_text())
    node, _ = list(_sites(tree))[place.number]
    new = _rewritten(node)
    assert new is not None
    _Replace(node, ast.copy_location(new, node)).visit(tree)
    return ast.fix_missing_locations(tree)


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)


def _of(path: Path) -> Iterator[Place]:
    source = path.read_text()
    name, text, tree = str(path.relative_to(ROOT)), source.splitlines(), ast.parse(source)
    inside = _in_functions(tree)
    for number, (node, statement) in enumerate(_sites(tree)):
        line = getattr(node, "lineno", statement.lineno)
        change = f"{_told(node)} → {_told(_rewritten(node))}"
        at_import = statement not in inside
        yield Place(name, number, line, _lines(statement), text[line - 1].strip(), change, at_import)


def _in_functions(tree: ast.Module) -> set[ast.AST]:
    """The functions, and every statement in them."""
    return {inner for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for inner in ast.walk(node)}


def _told(node: ast.AST | None) -> str:
    """In one line; of a block its condition."""
    assert node is not None
    told = f"if {ast.unparse(node.test)}" if isinstance(node, ast.If | ast.While) else ast.unparse(node)
    return " ".join(told.split())[:120]


def _lines(statement: ast.stmt) -> tuple[int, int]:
    """Those that run when the statement does: of a function its body, of any other block its head."""
    body = getattr(statement, "body", None)
    if isinstance(statement, ast.FunctionDef):
        return statement.body[0].lineno, statement.end_lineno or 0
    return statement.lineno, body[0].lineno - 1 if body else statement.end_lineno or 0


def _sites(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.stmt]]:
    """Every node that can be changed, and its statement."""
    for statement in tree.body:
        yield from _within(statement, statement)


def _within(node: ast.AST, statement: ast.stmt) -> Iterator[tuple[ast.AST, ast.stmt]]:
    statement = node if isinstance(node, ast.stmt) else statement
    if _is_type_or_talk(node):
        return
    if _rewritten(node) is not None:
        yield node, statement
    for name, value in ast.iter_fields(node):
        frozen = name == "decorator_list" and isinstance(node, ast.ClassDef)
        if name not in {"annotation", "returns"} and not frozen and not _asserts(node, name):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _within(child, statement)


def _asserts(node: ast.AST, name: str) -> bool:
    """`zip(…, strict=True)` says what is so already."""
    return name == "keywords" and isinstance(node, ast.Call) and ast.unparse(node.func) == "zip"


def _is_type_or_talk(node: ast.AST) -> bool:
    """Aliases of types, docstrings, texts, assertions for mypy, and the log."""
    match node:
        case (
            ast.Import() | ast.ImportFrom() | ast.Assert() | ast.JoinedStr() | ast.Expr(value=ast.Constant())
        ):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="logger")))):
            return True
        case ast.ClassDef(bases=[ast.Name(id="TypedDict")]):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.Call(func=ast.Name(id="TypeVar" | "cast")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.BitOr()) | ast.Subscript()):
            return name[0].isupper() and not name.isupper()
    return False


def _rewritten(node: ast.AST) -> ast.AST | None:
    """The node after its one change; None for a node that has none."""
    rewrite = REWRITES.get(type(node))
    return None if rewrite is None else rewrite(node)


def _compare(node: ast.Compare) -> ast.AST | None:
    flipped = FLIPPED.get(type(node.ops[0]))
    return ast.Compare(node.left, [flipped()], node.comparators) if flipped and len(node.ops) == 1 else None


def _binary(node: ast.BinOp) -> ast.AST | None:
    """Of a union the first part remains."""
    if isinstance(node.op, ast.BitOr):
        return node.left
    swapped = SWAPPED.get(type(node.op))
    return ast.BinOp(node.left, swapped(), node.right) if swapped else None


def _constant(node: ast.Constant) -> ast.AST | None:
    if isinstance(node.value, bool):
        return ast.Constant(not node.value)
    return ast.Constant(node.value + 1) if isinstance(node.value, int | float) else None


def _return(node: ast.Return) -> ast.AST | None:
    nothing = node.value is None or isinstance(node.value, ast.Constant)
    return None if nothing else ast.Return(ast.Constant(None))


def _negated(node: Any) -> Any:
    """A condition turned round: of an `if`, a `while`, or an expression."""
    return type(node)(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)


REWRITES: dict[type[ast.AST], Callable[[Any], ast.AST | None]] = {
    ast.Compare: _compare,
    ast.BoolOp: lambda node: ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values),
    ast.UnaryOp: lambda node: node.operand if isinstance(node.op, ast.Not) else None,
    ast.BinOp: _binary,
    ast.Constant: _constant,
    ast.If: _negated,
    ast.While: _negated,
    ast.IfExp: _negated,
    ast.comprehension: lambda node: ast.comprehension(node.target, node.iter, [], 0) if node.ifs else None,
    ast.Expr: lambda node: ast.Pass() if isinstance(node.value, ast.Call) else None,
    ast.Raise: lambda _node: ast.Pass(),
    ast.Return: _return,
}
