"""What a caller can ask for: one file, one public function per operation, in a folder per family."""

from importlib import import_module
from importlib.util import find_spec

from assetversions.engine.operation import AnyOperation

FAMILIES = ("versions", "catalog", "files", "access", "subscriptions", "service")


def find(name: str) -> AnyOperation:
    """The operation of this name; only its own module is loaded. LookupError where there is none."""
    for family in FAMILIES:
        module = f"{__name__}.{family}.{name}"
        if find_spec(module) is not None:
            found: AnyOperation = getattr(import_module(module), name)
            return found
    raise LookupError(f"There is no operation {name!r}.")
