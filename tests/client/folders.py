"""Folders to push, and what a folder holds."""

import os
from collections.abc import Mapping
from pathlib import Path

# Long ago, so that a file is told by its time.
THEN = 1_700_000_000
LONG = "/".join(["n" * 199] * 5)
HARD = {
    "lamp.glb": b"glass" * 1000,
    "empty": b"",
    "in a folder/with spaces.txt": b"spaces",
    "\u00fcml\u00e4ut/\u65e5\u672c\u8a9e.png": b"unicode",
    "a+b%20c#d&e=f.txt": b"signs",
    'q\'uote "double".txt': b"quotes",
    f"{LONG}": b"a key of 999 bytes",
}


def write(root: Path, files: Mapping[str, bytes], at: float = THEN) -> Path:
    for path, data in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        os.utime(place, (at, at))
    return root


def held(root: Path) -> dict[str, bytes]:
    """All its files, but for what avs keeps there."""
    found = (path for path in root.rglob("*") if path.is_file())
    told = {path.relative_to(root).as_posix(): path for path in found}
    return {name: path.read_bytes() for name, path in told.items() if not name.startswith(".avs/")}
