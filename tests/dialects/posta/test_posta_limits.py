"""How much a Posta request may carry: the most is taken, one more is refused by name."""

from typing import Any

import pytest
from assetversions.dialects.posta import requests
from assetversions.domain.commands.content import ImportedContent

from tests.dialects.posta.test_posta_requests import refused, request

ADDRESS = "https://a.b/"


@pytest.mark.parametrize(
    "body",
    [
        {"notes": "x" * 255},
        {"content": {"source": "externalUrl", "content": ADDRESS + "x" * (2048 - len(ADDRESS))}},
        {"variableDefinitions": [{"name": "x" * 64}]},
        {"variableDefinitions": [{"name": "a", "presetValue": "x" * 512, "sampleValue": "x" * 512}]},
        {"variableDefinitions": [{"name": str(index)} for index in range(200)]},
    ],
)
@pytest.mark.parametrize("decode", [requests.create_version, requests.update_version])
def test_the_most_of_each_is_taken(decode: Any, body: Any) -> None:
    decode(request(body))


def test_an_address_of_one_character_more_is_refused() -> None:
    content = {"source": "externalUrl", "content": ADDRESS + "x" * (2049 - len(ADDRESS))}
    assert refused(requests.create_version, {"content": content}) == "content.content"


def test_a_resolve_has_200_variables_with_values_of_ten_thousand_characters_at_most() -> None:
    most = [{"name": "x" * 64, "value": "x" * 10_000}] * 200
    assert len(requests.resolve_variables(request({"variables": most})).given) == 200
    for wrong, field in (
        ([*most, {"name": "a"}], "variables"),
        ([{"name": "a", "value": "x" * 10_001}], "variables.0.value"),
        ([{"name": "x" * 65}], "variables.0.name"),
        ([{"name": ""}], "variables.0.name"),
    ):
        assert refused(requests.resolve_variables, {"variables": wrong}) == field


def test_the_notes_of_a_clone_have_255_characters_at_most() -> None:
    assert len(requests.clone_version(request({"notes": "x" * 255})).comment) == 255
    assert refused(requests.clone_version, {"notes": "x" * 256}) == "notes"


def test_an_import_of_no_type_may_be_of_any_that_is_known() -> None:
    content = {"source": "import", "content": "https://example.com/a"}
    asked = requests.create_version(request({"content": content})).content
    assert isinstance(asked, ImportedContent)
    assert asked.url == "https://example.com/a"
    some = {"text/html": "html", "image/webp": "webp", "font/woff2": "woff2", "application/pdf": "pdf"}
    assert asked.paths.items() >= {(kind, f"content.{name}") for kind, name in some.items()}
    assert "application/octet-stream" not in asked.paths


def test_an_import_of_a_type_is_of_that_alone() -> None:
    content = {"source": "import", "content": "https://example.com/a", "type": "pdf"}
    asked = requests.update_version(request({"content": content})).content
    assert asked == ImportedContent("https://example.com/a", {"application/pdf": "content.pdf"})
