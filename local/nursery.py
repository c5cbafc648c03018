"""Workers of Lambda are forked off this process, which the emulator starts with its own interpreter."""

import array
import gc
import importlib
import json
import os
import pkgutil
import runpy
import socket
import sys
from contextlib import suppress
from typing import Any

# Other people's, which read nothing of the environment while they are imported.
LIBRARIES = (
    "asyncio",
    "aws_lambda_powertools.logging",
    "aws_lambda_powertools.metrics",
    "aws_lambda_powertools.utilities.batch",
    "botocore.handlers",
    "botocore.httpsession",
    "botocore.session",
    "botocore.signers",
    "casbin",
    "concurrent.futures.thread",
    "dateutil.parser",
    "email.mime.multipart",
    "jose.jwt",
    "msgspec",
    "pydantic",
    "pydantic.fields",
    "pydantic.main",
    "pydantic.types",
    "zstandard",
)


# Our own, which read nothing of it either: only the runtime does (tests/architecture holds that).
OWN = (
    "assetversions.dialects",
    "assetversions.domain",
    "assetversions.engine",
    "assetversions.operations",
    "assetversions.storage",
    "authz",
)


def main() -> None:
    line, layers = socket.socket(fileno=int(sys.argv[1])), sys.argv[2].split(os.pathsep)
    sys.path[:0] = [folder for layer in layers for folder in (layer, f"{layer}/python")]
    for name in LIBRARIES:
        with suppress(ImportError):  # not every layer has them all
            importlib.import_module(name)
    for name in OWN:
        with suppress(ImportError):
            package = importlib.import_module(name)
            for module in pkgutil.walk_packages(package.__path__, f"{name}."):
                importlib.import_module(module.name)
    gc.collect()
    gc.freeze()
    while wish := _wish(line):
        _bury()
        pid = os.fork()
        if not pid:
            line.close()
            _live(*wish)
            break
        for stream in wish[1]:
            os.close(stream)
        line.sendall(pid.to_bytes(4, "big"))


def _wish(line: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """What the next worker is to be, and its three streams; None when the emulator is gone."""
    streams = array.array("i")
    head, rights, _flags, _address = line.recvmsg(4, socket.CMSG_SPACE(3 * streams.itemsize))
    if not head:
        return None
    for _level, _kind, data in rights:
        streams.frombytes(data)
    body = line.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL)
    return json.loads(body), list(streams)


def _bury() -> None:
    """Only now: whoever asked for the last one has looked at it since."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _live(wish: dict[str, Any], streams: list[int]) -> None:
    """The worker's life, from its start to its end."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout = os.fdopen(0, encoding="utf-8"), os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", 1, "utf-8", "backslashreplace")
    os.environ.clear()
    os.environ.update(wish["env"])
    os.chdir(wish["cwd"])
    sys.argv = [wish["script"]]
    runpy.run_path(wish["script"], run_name="__main__")


if __name__ == "__main__":
    main()
