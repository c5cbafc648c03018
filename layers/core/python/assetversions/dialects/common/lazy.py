"""Functions that are imported when they are first called: a Lambda pays for what is asked of it alone."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from msgspec import Struct


class LazyFunction(Struct, frozen=True):
    """Stands for a function of a module that may not be imported yet."""

    module: str
    name: str

    def load(self) -> Callable[..., Any]:
        """The function itself."""
        found: Callable[..., Any] = getattr(import_module(self.module), self.name)
        return found

    def __call__(self, *args: Any) -> Any:
        return self.load()(*args)


class LazyModule:
    """Stands for a module of the dialects; tables of routes name its functions as if it were imported."""

    def __init__(self, name: str) -> None:
        self._name = f"assetversions.dialects.{name}"

    def __getattr__(self, function: str) -> LazyFunction:
        return LazyFunction(self._name, function)
