"""Every route of VAMS's style has an example, and an example fails where the reply is not as it shows."""

import pytest
from assetversions.dialects import ROUTES
from assetversions.runtime import paths

from tests.support.error_shapes import is_vams, style
from tests.support.examples import PAGE, differs, examples


def test_every_route_has_an_example_and_every_example_is_of_a_route() -> None:
    asked = {example.route for example in examples(PAGE.read_text()) if " /" in example.route}
    shown = {paths.find(route)[0].key for route in asked}
    wanted = {route.key for route in ROUTES if style(route) is is_vams}
    assert wanted - shown == set(), f"Show a request and its reply in {PAGE.name}; a test sends it."


@pytest.mark.parametrize(
    ("shown", "body"),
    [
        ('{"a": {"b": 1}}', '{"a": {"b": 1, "c": 2}, "d": 3}'),
        ('{"a": ["…", {"b": 2}, "…"]}', '{"a": [{"b": 1}, {"b": 2, "c": 3}]}'),
        ('{"a": "v-…", "b": "…"}', '{"a": "v-7", "b": 7}'),
        ('{"a": "{new}", "b": "{known} {new}"}', '{"a": "7", "b": "one 7"}'),
        ("text/plain…", "text/plain; charset=utf-8"),
    ],
)
def test_a_reply_may_have_more_than_is_shown(shown: str, body: str) -> None:
    assert differs(shown, body, {"known": "one"}) is None


@pytest.mark.parametrize(
    ("shown", "body"),
    [
        ('{"a": 1}', "{}"),
        ('{"a": 1}', '{"a": true}'),
        ('{"a": null}', '{"a": ""}'),
        ('{"a": "…"}', '{"a": null}'),
        ('{"a": []}', '{"a": [1]}'),
        ('{"a": ["…", 2, 1]}', '{"a": [1, 2]}'),
        ('{"a": "{known}"}', '{"a": "two"}'),
        ('{"a": "{new}", "b": "{new}"}', '{"a": "7", "b": "8"}'),
        ("the plan", "the plans"),
    ],
)
def test_a_reply_that_is_not_as_shown_is_told(shown: str, body: str) -> None:
    assert differs(shown, body, {"known": "one"}) is not None
