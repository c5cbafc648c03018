"""How VAMS asks for a revision."""

import json
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.requests.versions import create_version
from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.errors import Invalid


def created(**body: Any) -> CreateVersion:
    path = {"databaseId": "my-database", "assetId": "my-asset"}
    return create_version(Request(path, body=json.dumps(body)))


def test_a_version_goes_on_with_the_newest_revision_unless_told_otherwise() -> None:
    assert (created().revision, created().bump_revision) == (None, False)
    assert created(revision="").revision is None


def test_a_revision_is_named_or_bumped() -> None:
    assert created(revision="2024 R1").revision == "2024 R1"
    assert created(bumpRevision=True).bump_revision is True
    assert created(revision="B", bumpRevision=False).revision == "B"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"revision": "B", "bumpRevision": True}, "bumpRevision"),
        ({"revision": " B"}, "revision"),
        ({"revision": "B\n"}, "revision"),
        ({"revision": "x" * 33}, "revision"),
        ({"revision": 5}, "revision"),
        ({"bumpRevision": "yes"}, "bumpRevision"),
    ],
)
def test_what_is_wrong_is_named(body: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        created(**body)
    assert refused.value.field == field
