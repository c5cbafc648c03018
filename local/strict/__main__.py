"""Starts the emulator with every patch of this folder, or with none (`--kind`), so that tests can prove each.

It is run with the emulator's own interpreter, and by its path: a PYTHONPATH would reach the Lambda workers.
"""

import gc
import importlib
import pkgutil
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
NO_SERVICES = {"__main__", "patching"}
SERVICES = tuple(
    module.name for module in pkgutil.iter_modules([str(FOLDER)]) if module.name not in NO_SERVICES
)


def main() -> None:
    kind = "--kind" in sys.argv
    del sys.argv[1:]  # the emulator reads what is left
    if not kind:
        for service in SERVICES:
            importlib.import_module(f"local.strict.{service}").apply()
    run = importlib.import_module("ministack.app").main
    # Python would look through all that the emulator holds time and again: a tenth of what it computes.
    gc.set_threshold(100_000, 50, 100)
    gc.freeze()
    del sys.path[0]  # nothing of the emulator may find our modules instead of its own
    run()


if __name__ == "__main__":
    sys.path[0] = str(FOLDER.parent.parent)
    main()
