"""Runs ministack, the local AWS emulator, as a child process in an environment of its own."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
REGION = "us-east-1"
ACCOUNT = "000000000000"
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": REGION,
}
START_SECONDS = 60
# Stopping writes everything to disk, so it may take as long as the data is large.
STOP_SECONDS = 60


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def answers(url: str) -> bool:
    """Whether a GET of `url` succeeds."""
    try:
        urllib.request.urlopen(url, timeout=60).close()
    except OSError:  # an HTTPError is one, too
        return False
    return True


@contextmanager
def emulator(state: Path, *, kind: bool = False) -> Iterator[str]:
    """Run ministack on a free port with its data in `state`, and stop it so that it saves; yields its URL.

    It is as strict as AWS (local/strict), unless a test asks for the `kind` one.
    """
    python = ROOT / ".local" / "ministack" / "bin" / "python"
    if not python.exists():
        raise SystemExit("The emulator is not installed. Run `make setup`, then try again.")
    state.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with (state / "ministack.log").open("ab") as log:
        process = subprocess.Popen(
            [str(python), str(ROOT / "local" / "strict"), *(["--kind"] if kind else [])],
            env=_environment(state, port),
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=state,
            # Ctrl-C in a terminal reaches the whole group, but the emulator must stop last: it saves then.
            start_new_session=True,
            close_fds=False,
        )
    process_file(state).write_text(str(process.pid))
    url = f"http://{HOST}:{port}"
    try:
        _wait(process, url, state)
        yield url
    finally:
        _stop(process)
        process_file(state).unlink(missing_ok=True)


def process_file(state: Path) -> Path:
    """Holds the id of the emulator's process for as long as its starter can stop it."""
    return state / "ministack.pid"


def _environment(state: Path, port: int) -> dict[str, str]:
    """Lambda workers inherit this environment, so nothing of the caller's own AWS settings may be in it."""
    scratch = state / "tmp"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "LANG": "C.UTF-8",
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": REGION,
        "STATE_DIR": str(state / "services"),
        "S3_DATA_DIR": str(state / "s3"),
        "PERSIST_STATE": "1",
        "S3_PERSIST": "1",
        "LAMBDA_EXECUTOR": "local",
        # How long state machines wait, of what they say: the tests have no minutes for retries.
        "SFN_WAIT_SCALE": os.environ.get("SFN_WAIT_SCALE", "1"),
        # Roles and policies are enforced, and so are the buckets' own CORS rules.
        "AUTH": "true",
        # These two would open ports of their own.
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
    }


def _wait(process: subprocess.Popen[bytes], url: str, state: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if answers(f"{url}/_ministack/health"):
            return
        time.sleep(0.1)
    raise SystemExit(f"The emulator did not start. Its log says why: {state / 'ministack.log'}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise SystemExit(
            f"The emulator did not stop in {STOP_SECONDS} s and was killed; data may be lost."
        ) from None
