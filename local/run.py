"""`make run`: the system in the foreground until Ctrl-C, its state kept for the next time."""

import fcntl
import os
import shlex
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from local.emulator import ROOT, process_file
from local.system import System, running_system

STATE = ROOT / ".local" / "state"
ENV_FILE = ROOT / ".local" / "env"
LOCK_FILE = ROOT / ".local" / "lock"


def main() -> None:
    port = _port(os.environ.get("PORT") or "8000")
    begun = time.monotonic()

    def say(step: str) -> None:
        print(f"[{time.monotonic() - begun:5.1f} s] {step} …", flush=True)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    with alone(), running_system(STATE, port, port + 1, say) as system, _env_file(system):
        _show(system, time.monotonic() - begun)
        while True:
            signal.pause()


def _port(text: str) -> int:
    if not text.isdecimal():
        raise SystemExit(f"PORT is a number, such as PORT=9000, not {text!r}.")
    return int(text)


def _stop(number: int, frame: FrameType | None) -> None:
    """Leave by unwinding, once: a second Ctrl-C must not cut the saving short."""
    for again in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(again, signal.SIG_IGN)
    sys.exit(0)


@contextmanager
def alone() -> Iterator[None]:
    """One at a time: two emulators that save to one folder would each undo the other's work."""
    STATE.parent.mkdir(exist_ok=True)
    with LOCK_FILE.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(
                f"The system runs already in another shell: use that one, or stop it first.{_left_behind()}"
            ) from None
        os.set_inheritable(lock.fileno(), True)  # the emulator holds the lock, too: it may outlive a kill
        ENV_FILE.unlink(missing_ok=True)  # left behind by a run that was killed
        yield


def _left_behind() -> str:
    found = process_file(STATE)
    return (
        f" If its shell is gone, stop what it left behind: kill {found.read_text()}" if found.exists() else ""
    )


@contextmanager
def _env_file(system: System) -> Iterator[None]:
    """The file is there, whole, exactly while the system is ready."""
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in system.environment().items()]
    partial = ENV_FILE.with_suffix(".partial")
    partial.write_text("".join(lines))
    partial.chmod(0o600)
    partial.rename(ENV_FILE)
    try:
        yield
    finally:
        ENV_FILE.unlink(missing_ok=True)


def _show(system: System, seconds: float) -> None:
    print(
        f"""
Ready after {seconds:.0f} s.
  Console    {system.api_url}/console/
  API        {system.api_url}
             {system.tokens_api_url}  (the same for API tokens)
  AWS        {system.endpoint}  (key and secret: test)
  Assets     s3://{system.assets_bucket}
  Table      {system.table}
  Mail       .local/state/mail, what would be sent
  Users      admin, editor, viewer; a fresh token: make token USER=editor
  Variables  . .local/env

Try it:  make client, in another shell, then the first walk in README.md. Or with curl:
         . .local/env && curl -H "Authorization: Bearer $EDITOR_TOKEN" $API_URL/database
Ctrl-C stops; the state stays until `make reset`.
""",
        flush=True,
    )


if __name__ == "__main__":
    main()
