"""The words of letters: plain, escaped, and of a length that somebody reads."""

from datetime import UTC, datetime

import pytest
from assetversions.domain import letters
from assetversions.domain.commits import Event
from assetversions.domain.model import Asset, AssetRef, OriginKind
from assetversions.domain.outbox import KINDS

AT = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
OUT = "https://api.example.com/unsubscribe?ticket=abc"


def asset(name: str = "Lamp", asset_id: str = "lamp") -> Asset:
    return Asset(AssetRef("workshop", asset_id), 1, name, "a lamp", "none", (), True, AT, "ann", AT)


def event(number: int = 7, kind: str = "version.published", by: str = "mara") -> Event:
    return Event("id", kind, number, AT, by)


def test_one_event_is_the_subject_and_several_are_counted():
    assert letters.digest(asset(), [event()], None, OUT).subject == "Lamp: version 7 was published"
    assert letters.digest(asset(), [event(), event()], None, OUT).subject == "Lamp: 2 changes"


def test_the_text_is_what_a_person_reads():
    text = letters.digest(asset(), [event()], "https://studio.example/{assetId}/{version}", OUT).text
    assert text == (
        "Lamp (workshop/lamp), which you are subscribed to, has changed:\n\n"
        "  2026-03-15 10:30 UTC: version 7 was published by mara\n\n"
        "Look at version 7:\nhttps://studio.example/lamp/7\n"
        f"Stop these mails with one click:\n{OUT}\n"
    )


@pytest.mark.parametrize("name", ["<script>", "a & b", "{version}", "$head", "a\r\nBcc: b", "\x00\u2028x"])
def test_names_are_data(name: str):
    letter = letters.digest(asset(name), [event(by=name)], "https://studio.example/{assetId}", OUT)
    assert letter.subject.isprintable()
    assert letter.html.count("<") == letter.html.count(">") == 19
    assert "<script>" not in letter.html


def test_what_an_address_can_not_have_is_escaped_in_it():
    letter = letters.digest(asset(asset_id="a/b?c#d"), [event()], "https://studio.example/{assetId}", OUT)
    assert "https://studio.example/a%2Fb%3Fc%23d\n" in letter.text


def test_a_long_name_is_cut_and_many_events_are_counted():
    letter = letters.digest(asset("x" * 256), [event(number) for number in range(1, 61)], None, OUT)
    assert letter.subject == f"{'x' * 100}…: 60 changes"
    assert letter.text.count("UTC: ") == 50
    assert "  and 10 more\n" in letter.text


def test_there_are_words_for_whatever_way_a_version_comes_to_be():
    assert {f"version.{kind}" for kind in OriginKind} <= letters.TOLD.keys() <= KINDS
