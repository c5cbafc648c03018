"""What the function of the documents is packed with: they themselves, and a page that renders them."""

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp

from infra.bytecode import BUILD, ROOT

FUNCTION = ROOT / "functions" / "documents"
DOCUMENTS = ROOT / "docs" / "openapi"
RENDERER = ROOT / "node_modules" / "swagger-ui-dist"
RENDERS = ("swagger-ui.css", "swagger-ui-bundle.js")


def folder(addresses: Sequence[str]) -> Path:
    """Made once for each content; `addresses` are those of the stage, where it has any of its own."""
    files = _files(addresses)
    lines = [f"{hashlib.sha256(data).hexdigest()} {name}" for name, data in sorted(files.items())]
    made = BUILD / f"documents-{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:12]}"
    if not made.exists():
        # Made beside its final place and renamed: others may look for it meanwhile.
        partial = Path(mkdtemp(dir=BUILD))
        partial.chmod(0o755)
        for name, data in files.items():
            (partial / name).parent.mkdir(parents=True, exist_ok=True)
            (partial / name).write_bytes(data)
        try:
            partial.rename(made)
        except OSError:
            shutil.rmtree(partial)  # another one was faster
    return made


def _files(addresses: Sequence[str]) -> Mapping[str, bytes]:
    """By their paths in the function's package."""
    files = {"handler.py": (FUNCTION / "handler.py").read_bytes()}
    files |= {f"pages/docs/{one.name}": one.read_bytes() for one in (FUNCTION / "page").iterdir()}
    renderer = fetched()
    files |= {f"pages/docs/{name}": (renderer / name).read_bytes() for name in RENDERS}
    for one in DOCUMENTS.glob("*.json"):
        files[f"pages/openapi/{one.name}"] = _compact(one, addresses)
    return files


def _compact(file: Path, addresses: Sequence[str]) -> bytes:
    """An address of the stage's own may have a path in it that the routes do not have."""
    document = json.loads(file.read_text())
    if addresses and "openapi" in document:
        document["servers"] = [{"url": address} for address in addresses]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def fetched() -> Path:
    """The renderer, as package-lock.json pins it; whoever comes while another one fetches it waits."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "node_modules.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not RENDERER.exists():
            print("Fetching what package-lock.json pins …", file=sys.stderr, flush=True)
            make = ["make", "--silent", "--no-print-directory", "node_modules/.stamp"]
            if subprocess.run(make, check=False, cwd=ROOT).returncode:
                raise SystemExit("The page of the documents has no renderer: see the message above.")
    return RENDERER
