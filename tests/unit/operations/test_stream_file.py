"""The bytes of one file by themselves: of now, of an object version, of a version; all, or a part of them."""

from typing import Any

import pytest
from assetversions.domain.commands.files import StreamFile
from assetversions.domain.errors import Forbidden, NotFound
from assetversions.domain.results.files import Streamed
from assetversions.domain.span import Bytes, Span
from assetversions.operations.versions import stream_file as module
from assetversions.operations.versions.stream_file import stream_file
from msgspec.structs import replace

from tests.support import REF, World, link, number


@pytest.fixture
def old() -> World:
    """Version 1 holds `old bytes`, and the file has others now."""
    world = World()
    world.put(a_txt="old bytes")
    world.create()
    world.put(a_txt="new")
    return world


def stream(world: World, path: str = "a.txt", **how: Any) -> Streamed:
    return world.run(stream_file, StreamFile(REF, path, **how))


def test_the_bytes_are_those_of_now_of_an_object_version_or_of_a_version(old: World) -> None:
    pinned = stream(old, version=number(1)).entry.version_id
    assert stream(old).data == b"new"
    assert stream(old, version=number(1)).data == b"old bytes"
    assert stream(old, object_version=pinned).data == b"old bytes"


@pytest.mark.parametrize(
    ("span", "data", "part"),
    [
        (Span(0, 2), b"old", Bytes(0, 3)),
        (Span(4), b"bytes", Bytes(4, 9)),
        (Span(None, 5), b"bytes", Bytes(4, 9)),
        (Span(None, 99), b"old bytes", Bytes(0, 9)),
        (Span(8, 99), b"s", Bytes(8, 9)),
        (Span(9), None, None),
        (Span(None, 0), None, None),
    ],
)
def test_a_part_is_what_the_file_has_of_it(old: World, span: Span, data: Any, part: Any) -> None:
    found = stream(old, version=number(1), span=span)
    assert (found.data, found.part, found.whole) == (data, part, False)


def test_a_part_of_what_has_changed_is_all_of_it(old: World) -> None:
    etag = stream(old).entry.etag
    assert stream(old, span=Span(0, 1), unless_changed=etag).data == b"ne"
    changed = stream(old, span=Span(0, 1), unless_changed="other")
    assert (changed.data, changed.whole) == (b"new", True)


def test_an_empty_file_is_no_bytes_and_no_request_for_them(old: World) -> None:
    old.put(a_txt="")
    assert stream(old).data == b""
    assert stream(old, span=Span(0, 5)).part is None


def test_what_is_too_much_for_a_reply_is_at_a_link_and_its_parts_are_not(
    old: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 3)
    found = stream(old, version=number(1))
    assert (found.url, found.data) == (link(REF, "a.txt", found.entry.version_id), None)
    assert stream(old, version=number(1), span=Span(0, 2)).data == b"old"
    assert stream(old, version=number(1), span=Span(0, 3)).url is not None
    facts = stream(old, version=number(1), facts_only=True)
    assert (facts.url, facts.data, facts.part) == (None, None, Bytes(0, 9))


@pytest.mark.parametrize("facts", [{}, {"object_version": "nope"}, {"version": number(1)}])
def test_there_are_no_bytes_of_what_is_not_there(old: World, facts: dict[str, Any]) -> None:
    with pytest.raises(NotFound):
        stream(old, "gone.txt", **facts)


def test_what_goes_between_the_look_and_the_reading_is_not_found(old: World) -> None:
    services = old.services()
    services.transfers.read = lambda *_: None  # type: ignore[method-assign]
    with pytest.raises(NotFound):
        stream_file(StreamFile(REF, "a.txt"), old.head(), services)


@pytest.mark.parametrize("how", [{}, {"facts_only": True}, {"version": number(1)}])
def test_what_is_not_distributable_gives_out_nothing(old: World, how: dict[str, Any]) -> None:
    hidden = replace(old.head(), is_distributable=False)
    with pytest.raises(Forbidden, match="distributable"):
        stream_file(StreamFile(REF, "a.txt", **how), hidden, old.services())
