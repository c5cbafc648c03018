"""The record of an asset tells which content a draft had before, and which it has now."""

from assetversions.domain.commands.content import ExternalContent, InlineContent
from assetversions.domain.commands.versions import UpdateVersion
from assetversions.operations.versions.update_version import update_version

from tests.support import REF, World, number


def test_a_content_that_takes_the_place_of_another_is_on_record_with_both(world: World) -> None:
    """An address by itself, a text by its object version."""
    world.create(content=ExternalContent("https://example.com/a", None), open=True)
    text = InlineContent("text", "text/plain", "a.txt")
    for content in (ExternalContent("https://example.com/b", None), text):
        world.run(update_version, UpdateVersion(REF, number(1), content=content))
    (stored,) = world.files.history(REF, "a.txt")
    moves = [move for event in world.records.audit(REF) for move in event.moves if move.what == "content"]
    assert [(move.before, move.after) for move in moves] == [
        ("https://example.com/a", "https://example.com/b"),
        ("https://example.com/b", stored.version_id),
    ]
