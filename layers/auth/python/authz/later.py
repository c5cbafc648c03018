"""Modules that others import and functions don't need: they come when something of them is asked for."""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class Later(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)
