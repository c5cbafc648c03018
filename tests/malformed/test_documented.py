"""What the documents allow, as schemathesis makes requests of them: no 5xx, and no reply off its document."""

from collections.abc import Iterator

import pytest

from tests.malformed.world import World, world
from tests.support.documents import APIS

EXAMPLES, SOAK = 2, 100


@pytest.fixture(scope="module")
def anything() -> Iterator[World]:
    with world() as made:
        yield made


@pytest.mark.parametrize("name", [api.name for api in APIS])
def test_what_a_document_allows_is_answered_as_it_says(anything: World, name: str) -> None:
    from tests.malformed.generated import try_all

    try_all(anything, name, EXAMPLES)


@pytest.mark.soak
@pytest.mark.parametrize("name", [api.name for api in APIS])
def test_so_is_much_more(anything: World, name: str) -> None:
    from tests.malformed.generated import try_all

    try_all(anything, name, SOAK)
