"""AWS Lambda: workers whose layers' libraries were imported already share nothing else."""

import io
import json
import os
import select
import signal
import zipfile
from typing import Any
from uuid import uuid4

import pytest

from local.aws import client
from tests.strict.functions import function

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="workers start as ever here")

# Stands for a library by its name.
LIBRARY = "import os\nmade_by = os.getpid()\n"
FACTS = """
import json, os, msgspec

called = []

def handler(event, context):
    called.append(event)
    print("said")
    mine = {"WHO": os.environ["WHO"], "calls": len(called), "process": os.getpid()}
    return mine | {"library": msgspec.made_by, "folder": os.getcwd()}
"""


@pytest.fixture
def layer(engine: str) -> str:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("python/msgspec.py", LIBRARY)
    made = client("lambda", engine).publish_layer_version(
        LayerName=f"layer-{uuid4()}", Content={"ZipFile": packed.getvalue()}
    )
    return str(made["LayerVersionArn"])


def called(engine: str, name: str) -> Any:
    return json.load(client("lambda", engine).invoke(FunctionName=name)["Payload"])


def made(engine: str, layer: str, who: str) -> str:
    return function(engine, FACTS, Layers=[layer], Environment={"Variables": {"WHO": who}})


def test_a_worker_has_the_libraries_of_its_layers_from_the_start_and_all_else_is_its_own(
    engine: str, layer: str
):
    one, other = (called(engine, made(engine, layer, who)) for who in ("one", "other"))
    assert one["library"] == other["library"] not in {one["process"], other["process"]}
    for name in ("process", "folder", "WHO"):
        assert one[name] != other[name]
    assert one["calls"] == other["calls"] == 1


def test_where_a_worker_was_killed_another_begins(engine: str, layer: str):
    name = made(engine, layer, "one")
    first, again = called(engine, name), called(engine, name)
    assert (again["calls"], again["process"]) == (2, first["process"])
    assert first["library"] != first["process"], "this worker was not forked"
    ended = select.poll()
    ended.register(os.pidfd_open(first["process"]), select.POLLIN)
    os.kill(first["process"], signal.SIGKILL)
    assert ended.poll(10_000)
    last = called(engine, name)
    assert last["calls"] == 1
    assert last["process"] != first["process"]
