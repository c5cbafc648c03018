"""Fetches the bytes of an item's versions with `aps-toolkit`, and prints what it got as one line of JSON.

BASE_URL, TOKEN, PROJECT, ITEM and FOLDER come in the environment.
"""

import base64
import json
import os
from pathlib import Path

from aps_toolkit import BIM360, Bucket, Token

url, folder = os.environ["BASE_URL"], os.environ["FOLDER"]
token = Token(os.environ["TOKEN"])
items, storage = BIM360(token), Bucket(token)
items.host, storage.host = url, f"{url}/oss/v2/buckets"

found = []
for version in items.get_item_versions(os.environ["PROJECT"], os.environ["ITEM"])["data"]:
    urn = version["relationships"]["storage"]["data"]["id"]
    bucket, key = urn.split("/").pop(0).split(":").pop(), urn.split("/").pop()
    storage.download_object(bucket, key, f"{folder}/{key}")
    ways = Path(folder, key).read_bytes(), storage.download_stream_object(bucket, key)
    found.append([base64.b64encode(way).decode() for way in ways])
print(json.dumps(found))
