"""A newer emulator must not lose a rule in silence: what can't be patched any more stops the start."""

from types import ModuleType
from typing import Any

import pytest

from local.strict.patching import wrap


@pytest.fixture
def module() -> ModuleType:
    made = ModuleType("service")

    def double(number: int, plus: int = 0) -> int:
        return number * 2 + plus

    made.double = double  # type: ignore[attr-defined]
    return made


def test_a_patch_stands_for_the_original_and_the_next_one_for_both(module: Any):
    wrap(module, "double", lambda original, number, plus=0: original(number, plus) + 10)
    wrap(module, "double", lambda original, number, *rest, **how: original(number, *rest, **how) + 100)
    assert module.double(1, plus=1) == 113


def test_a_function_that_is_gone_stops_the_start(module: Any):
    with pytest.raises(SystemExit, match=r"no service\.halve any more"):
        wrap(module, "halve", lambda original: None)


def test_a_function_that_takes_something_else_stops_the_start(module: Any):
    with pytest.raises(SystemExit, match=r"service\.double takes"):
        wrap(module, "double", lambda original, text: None)
    with pytest.raises(SystemExit, match=r"service\.double takes"):
        wrap(module, "double", lambda original, *, minus: None)
