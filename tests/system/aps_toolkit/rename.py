"""Renames an item with `aps-toolkit`, and prints what it reads of it then as one line of JSON.

BASE_URL, TOKEN, PROJECT, ITEM and NAME come in the environment.
"""

import json
import os

from aps_toolkit import BIM360, Token

items = BIM360(Token(os.environ["TOKEN"]))
items.host = os.environ["BASE_URL"]
project, item = os.environ["PROJECT"], os.environ["ITEM"]

renamed = items.rename_file_item(project, item, os.environ["NAME"])
versions = items.get_item_versions(project, item)["data"]
print(
    json.dumps(
        {
            "name": renamed["data"]["attributes"]["name"],
            "displayName": items.get_item_display_name(project, item),
            "numbers": [version["attributes"]["versionNumber"] for version in versions],
        }
    )
)
