"""Requests for the documents of the APIs, and for the page that renders them, into commands."""

import re

from assetversions.dialects.common.http import Request
from assetversions.domain.commands.pages import ShowPage
from assetversions.domain.errors import NotFound

_NAME = re.compile(r"[a-z][a-z_-]*\.(json|js|css)")


def openapi(_request: Request) -> ShowPage:
    return ShowPage("openapi/all.json")


def asyncapi(_request: Request) -> ShowPage:
    return ShowPage("openapi/asyncapi.json")


def openapi_of_one(request: Request) -> ShowPage:
    return _named("openapi", request.path["document"])


def docs(_request: Request) -> ShowPage:
    return ShowPage("docs/index.html")


def docs_file(request: Request) -> ShowPage:
    return _named("docs", request.path["file"])


def _named(folder: str, name: str) -> ShowPage:
    """NotFound for what is no name of a page."""
    if not _NAME.fullmatch(name):
        raise NotFound("page", name)
    return ShowPage(f"{folder}/{name}")
