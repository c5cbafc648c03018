"""Puts a stricter function in place of the emulator's, and stops the start where there is none any more."""

import functools
import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

OPEN_ENDED = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}


def wrap(module: ModuleType, name: str, strict: Callable[..., Any]) -> None:
    """From now on `strict(original, …)` stands for `module.name`; its other parameters are the original's."""
    original = getattr(module, name, None)
    place = f"{module.__name__}.{name}"
    if original is None:
        raise SystemExit(f"The emulator has no {place} any more: local/strict would lose a rule there.")
    wanted, options = _parameters(strict)
    found, _ = _parameters(original)
    if wanted[1:] != found[: len(wanted) - 1] or not set(options) <= set(found):
        raise SystemExit(f"The emulator's {place} takes {found}: local/strict expects others.")
    setattr(module, name, functools.wraps(original)(functools.partial(strict, original)))


def _parameters(function: Callable[..., Any]) -> tuple[list[str], list[str]]:
    """The names of what it takes in order, and of what by keyword alone."""
    found = inspect.signature(function).parameters.values()
    by_keyword = inspect.Parameter.KEYWORD_ONLY
    return (
        [one.name for one in found if one.kind not in OPEN_ENDED | {by_keyword}],
        [one.name for one in found if one.kind is by_keyword],
    )
