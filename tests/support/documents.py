"""The documents of the APIs: made of the routes, of what their pages say of each, and of the examples."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.dialects.autodesk_dm.schemas import API as AUTODESK_DM
from assetversions.dialects.autodesk_vault.schemas import API as AUTODESK_VAULT
from assetversions.dialects.common.schema import Schema
from assetversions.dialects.disguise.schemas import API as DISGUISE
from assetversions.dialects.openapi.described import Api
from assetversions.dialects.openapi.document import Row, Told, document
from assetversions.dialects.posta.schemas import API as POSTA
from assetversions.dialects.vams.schemas.api import API as VAMS
from assetversions.runtime import paths

from tests.support import api_examples
from tests.support.examples import PAGE, examples

APIS: tuple[Api, ...] = (VAMS, POSTA, AUTODESK_DM, AUTODESK_VAULT, DISGUISE)
ALL = "all"
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/openapi"
PAGES = ROOT / "docs/api"

# A heading that is no word for it, a heading, a row of a table of routes.
_PART = re.compile(r"^##? (?!Routes$)(.+)$|^\| `\w+` \| `([A-Z]+ /[^`]*)` \|(.*)$", re.MULTILINE)
# What stands for a text that brings its own quotation marks.
_BARE = re.compile(r'(?<!")\{(\w+)\}(?!")')
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


@cache
def made(name: str) -> Schema:
    """The document of an API, or of all."""
    return document([api for api in APIS if name in {api.name, ALL}], ROUTES, told())


@cache
def told() -> Told:
    known = [operations.find(route.operation) for route in ROUTES]
    write = {operation.name for operation in known if operation.writes}
    read = {operation.name for operation in known if operation.action == "read"}
    sent = _examples() | api_examples.REQUESTS
    return Told(_rows(), sent, dict(api_examples.replies()), write, read)


def _rows() -> dict[str, Row]:
    found = {}
    for page in sorted(PAGES.glob("*.md")):
        section = ""
        for heading, key, words in _PART.findall(page.read_text()):
            section = heading or section
            if key:
                found[key] = Row(section, _LINK.sub(r"\1", words.strip(" |")))
    return found


def _examples() -> dict[str, Any]:
    """The first body that the page of examples sends to each route; the local system has taken it."""
    found: dict[str, Any] = {}
    for example in examples(PAGE.read_text()):
        if example.reply.start < "300" and " /" in example.route and example.request.body.startswith("{"):
            key = paths.find(example.route)[0].key
            found.setdefault(key, json.loads(_BARE.sub(r'"{\1}"', example.request.body)))
    return found
