"""Compiles what Lambda imports, by Lambda's own Python: a layer can't be written to when it runs."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
PYTHONS = BUILD / "python"
VERSION = "3.13"


def lambda_python() -> str | None:
    """A program that is Lambda's Python: this one, one on the path, pyenv's, or the one that was fetched."""
    name = f"python{VERSION}"
    pyenv = Path.home().glob(f".pyenv/versions/{VERSION}.*/bin/{name}")
    programs = [sys.executable, name, *sorted(pyenv), *sorted(PYTHONS.glob(f"*/bin/{name}"))]
    return next((str(program) for program in programs if _is_lambda_s(str(program))), None)


def require_lambda_python() -> str:
    """For what is deployed: without bytecode each cold start compiles everything, for almost a second."""
    found = lambda_python()
    if found is None:
        raise SystemExit(
            f"What Lambda runs is compiled by Python {VERSION}, which is not on this machine. "
            f"Install it so that `python{VERSION}` works, then try again."
        )
    return found


def fetch_lambda_python() -> None:
    """Fetch it into build/ where there is none; uv knows the checksum of what it fetches."""
    if lambda_python() is None:
        print(f"Fetching Python {VERSION} into build/python, to compile what Lambda runs …", flush=True)
        uv = [sys.executable, "-m", "uv", "python", "install", VERSION, "--no-bin"]
        subprocess.run([*uv, "--install-dir", str(PYTHONS)], check=False)
    require_lambda_python()


def _is_lambda_s(program: str) -> bool:
    """A shim may be on the path and lead nowhere, so the program is asked."""
    question = f"import sys; sys.exit('%d.%d' % sys.version_info[:2] != '{VERSION}')"
    try:
        asked = subprocess.run([program, "-c", question], check=False, capture_output=True, timeout=20)
    except OSError:
        return False
    return asked.returncode == 0


def compile_modules(modules: Path, program: str) -> None:
    """Bytecode that is never compared with its source, whose dates say nothing once it was zipped."""
    compileall = [program, "-m", "compileall", "-q", "--invalidation-mode=unchecked-hash"]
    # Tracebacks name the files where Lambda has them, not where they were compiled.
    places = ["-s", str(modules), "-p", "/opt/python", str(modules)]
    # One process, one order of sets: the same bytes each time.
    same = {**os.environ, "PYTHONHASHSEED": "0"}
    if subprocess.run([*compileall, *places], check=False, env=same).returncode:
        raise SystemExit(f"{modules} could not be compiled: see the message above.")


def content_hash(folder: Path) -> str:
    """One hash for one set of sources, whichever patch release of Python compiled them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.relative_to(folder)}" for path in files]
    if any(folder.rglob("*.pyc")):
        lines.append("compiled")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
