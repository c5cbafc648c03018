"""AWS Lambda: a worker is forked off a process that has imported most of what its layers hold already.

That takes a sixth of the processor's time, and they share memory; what is a function's own begins anew.
Where the system can't watch a process that is not its child, workers start as ever.
"""

import array
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from ministack.core import lambda_runtime

SCRIPT = Path(__file__).resolve().parent.parent / "nursery.py"
LAYERS = "_LAMBDA_LAYERS_DIRS"


def apply() -> None:
    if hasattr(os, "pidfd_open"):
        lambda_runtime.subprocess = Processes()


class Processes:
    """Stands for the module `subprocess`, and knows a quicker way for workers that have layers."""

    def __init__(self) -> None:
        self.nurseries: dict[str, Nursery] = {}
        self.lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        return getattr(subprocess, name)

    def Popen(self, command: list[str], *, cwd: str, env: dict[str, str], **how: Any) -> Any:  # noqa: N802
        if command[0] != sys.executable or not env.get(LAYERS):
            return subprocess.Popen(command, cwd=cwd, env=env, **how)
        with self.lock:
            nursery = self.nurseries.get(env[LAYERS]) or Nursery(env[LAYERS])
            self.nurseries[env[LAYERS]] = nursery
        return nursery.bear(command[1], cwd, env)


class Nursery:
    """One for each set of layers."""

    def __init__(self, layers: str) -> None:
        self.lock = threading.Lock()
        self.line, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", str(SCRIPT), str(theirs.fileno()), layers]
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()])

    def bear(self, script: str, cwd: str, env: dict[str, str]) -> "Worker":
        theirs, ours = _pipes()
        wish = json.dumps({"script": script, "cwd": cwd, "env": env}).encode()
        try:
            with self.lock:
                rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", theirs))]
                self.line.sendmsg([len(wish).to_bytes(4, "big")], rights)
                self.line.sendall(wish)
                pid = int.from_bytes(self.line.recv(4, socket.MSG_WAITALL), "big")
                if not pid:
                    raise RuntimeError("The process that workers are forked off is gone; its log says why.")
                watched = os.pidfd_open(pid)
        finally:
            for end in theirs:
                os.close(end)
        return Worker(pid, watched, ours)


class Worker:
    """What the emulator asks of a process, of one that is not its child."""

    def __init__(self, pid: int, watched: int, ends: list[int]) -> None:
        self.pid, self._watched = pid, watched
        self.stdin: IO[str] = os.fdopen(ends[0], "w", 1, "utf-8")
        self.stdout: IO[str] = os.fdopen(ends[1], encoding="utf-8")
        self.stderr: IO[str] = os.fdopen(ends[2], encoding="utf-8", errors="replace")

    def __del__(self) -> None:
        os.close(self._watched)

    def poll(self) -> int | None:
        return None if not self._ended(0) else -1

    def wait(self, timeout: float | None = None) -> int:
        if not self._ended(None if timeout is None else 1_000 * timeout):
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return -1

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def _ended(self, milliseconds: float | None) -> bool:
        watch = select.poll()
        watch.register(self._watched, select.POLLIN)
        return bool(watch.poll(milliseconds))

    def _send(self, kind: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._watched, kind)


def _pipes() -> tuple[list[int], list[int]]:
    """The ends of a worker's three streams: its own, and ours."""
    (read, write), (out, told), (err, said) = os.pipe(), os.pipe(), os.pipe()
    return [read, told, said], [write, out, err]
