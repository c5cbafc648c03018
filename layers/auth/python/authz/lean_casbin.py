"""Casbin without what it imports for the globs of a model: ours has none, and they come when asked for."""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


sys.modules.setdefault("wcmatch.glob", _Later("wcmatch.glob"))
from casbin import Enforcer  # noqa: E402
from casbin.persist import Adapter  # noqa: E402

__all__ = ["Adapter", "Enforcer"]
