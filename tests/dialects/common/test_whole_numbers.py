"""A whole number of a query is digits alone, whichever API asks for it."""

import pytest
from assetversions.dialects.common.http import parse
from assetversions.dialects.openapi.components import described
from assetversions.dialects.openapi.described import Model
from assetversions.domain.errors import Invalid

from tests.support.documents import APIS

NO_DIGITS = ("1_0", "1.0", " 1 ", "1 ", "+1", "1e1", "０1", "١", "true", "")


def _numbers() -> list[tuple[str, Model, str]]:
    """Each parameter that is a whole number, with what its model needs beside it left out."""
    found: dict[tuple[Model, str], tuple[str, Model, str]] = {}
    for api in APIS:
        for key, route in api.routes.items():
            for model in route.queries:
                for name, schema in described(model).get("properties", {}).items():
                    kinds = {one.get("type") for one in schema.get("anyOf", [schema])}
                    if "integer" in kinds:
                        found.setdefault((model, name), (f"{api.name} {key} {name}", model, name))
    return list(found.values())


NUMBERS = _numbers()


@pytest.mark.parametrize(("model", "name"), [one[1:] for one in NUMBERS], ids=[one[0] for one in NUMBERS])
def test_anything_but_digits_is_refused_by_the_name_of_its_parameter(model: Model, name: str) -> None:
    for text in NO_DIGITS:
        with pytest.raises(Invalid) as refused:
            parse(model, {**_needed(model), name: text})
        assert str(refused.value) == f"{name}: must be a whole number, in digits alone.", text
    parse(model, {**_needed(model), name: "1"})


def test_every_api_with_pages_is_looked_at() -> None:
    assert {one[0].split()[0] for one in NUMBERS} == {api.name for api in APIS}


def _needed(model: Model) -> dict[str, str]:
    return dict.fromkeys(described(model).get("required", []), "a.txt")
