"""AWS Lambda: a layer is unpacked once, for all workers of all its functions."""

import hashlib
import io
import tempfile
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from local.strict.patching import wrap

unpacked: dict[str, Path] = {}
lock = threading.Lock()


def apply() -> None:
    wrap(lambda_runtime, "_worker_class_for", workers_share_layers)


def workers_share_layers(original: Callable[[dict[str, Any]], type], config: dict[str, Any]) -> type:
    """A worker finds its layers where they are already, in place of a copy of 50 MB for each.

    Lambda Developer Guide, "Managing Lambda dependencies with layers": all functions read them, none writes.
    """
    found = original(config)
    return Sharing if found is lambda_runtime.Worker else found


class Sharing(lambda_runtime.Worker):  # type: ignore[misc]
    """Names the folders of its layers in its environment, and asks for none to be unpacked."""

    config: dict[str, Any]

    def _spawn(self) -> None:
        config = self.config
        folders = [str(folder) for layer in config.get("Layers", []) if (folder := _folder(layer))]
        variables = config.get("Environment", {}).get("Variables", {})
        shared = {"Variables": variables | {"_LAMBDA_LAYERS_DIRS": ":".join(folders)}}
        self.config = config | {"Layers": [], "Environment": shared}
        try:
            super()._spawn()
        finally:
            self.config = config


def _folder(layer: Any) -> Path | None:
    content = lambda_svc._resolve_layer_zip(layer)
    if not content:
        return None
    name = hashlib.sha256(content).hexdigest()
    with lock:
        if name not in unpacked:
            folder = Path(tempfile.mkdtemp(prefix="layer-"))
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                archive.extractall(folder)
            unpacked[name] = folder
        return unpacked[name]
