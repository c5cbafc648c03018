"""Golden bodies: what a reply was when somebody last read it. `make golden` writes them anew, for review."""

import json
import os
from pathlib import Path
from typing import Any

WRITE = os.environ.get("GOLDEN") == "write"


def golden(folder: Path, name: str, shown: Any) -> Any:
    """The body that the file holds, to be compared with `shown`; under `make golden`, the file takes that."""
    file = folder / f"{name}.json"
    if WRITE:
        plain = json.loads(json.dumps(shown))
        # What is right already keeps its layout.
        if not file.exists() or json.loads(file.read_text()) != plain:
            file.write_text(json.dumps(plain, indent=2, ensure_ascii=False) + "\n")
    return json.loads(file.read_text())
