"""AWS Lambda: a layer is unpacked once, for all workers of all its functions."""

import io
import json
import zipfile
from uuid import uuid4

from local.aws import client
from tests.strict.functions import function

WHERE = """
import json, thing

def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(thing.__file__)}
"""


def test_functions_read_their_layer_in_one_place(engine: str):
    functions = client("lambda", engine)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("python/thing.py", "")
    layer = functions.publish_layer_version(
        LayerName=f"layer-{uuid4()}", Content={"ZipFile": packed.getvalue()}
    )["LayerVersionArn"]
    first, second = (
        json.load(functions.invoke(FunctionName=function(engine, WHERE, Layers=[layer]))["Payload"])
        for _ in range(2)
    )
    assert first["statusCode"] == 200
    assert first == second
