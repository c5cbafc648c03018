"""What a caller can ask for: one file, one public function per operation, in a folder per family."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from assetversions.engine.operation import AnyOperation

# Each operation on versions is a Lambda of its own; what stands around versions is one a family.
OWN_FUNCTIONS = "versions"


def find(name: str) -> AnyOperation:
    """The operation of this name; only its own module is loaded. LookupError where there is none."""
    found: AnyOperation = getattr(import_module(f"{__name__}.{family(name)}.{name}"), name)
    return found


def family(name: str) -> str:
    """The folder that an operation lies in. LookupError where there is no such operation."""
    if name not in _families():
        raise LookupError(f"There is no operation {name!r}.")
    return _families()[name]


def function(name: str) -> str:
    """The Lambda that serves an operation."""
    return name if family(name) == OWN_FUNCTIONS else family(name)


@cache
def _families() -> dict[str, str]:
    root = __path__[0]
    return {
        module.name: folder.name
        for folder in iter_modules([root])
        for module in iter_modules([f"{root}/{folder.name}"])
    }
