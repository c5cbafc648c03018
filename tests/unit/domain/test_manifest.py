"""Manifests: what goes in comes out, under a digest that depends on the content alone."""

from itertools import pairwise

import pytest
from assetversions.domain.manifests import manifest, stretch
from assetversions.domain.manifests.manifest import ChunkRef, Entry, PathChange, Root
from assetversions.domain.manifests.summary import Summary
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
ENTRIES = st.builds(Entry, TEXT, TEXT, st.integers(0, 2**45), TEXT, st.integers(0, 2**33), st.none() | TEXT)
TARGET = 16


def files(count: int) -> list[Entry]:
    return [Entry(f"dir-4/file-{index:05d}", "v1", 1, "e", 0) for index in range(count)]


def chunks(entries: list[Entry]) -> list[bytes]:
    return [stretch.encode_entries(chunk) for chunk in manifest.cut(entries, TARGET)]


def read_again(root: Root) -> Root:
    """As it was, once it has told its name."""
    body = manifest.encode_root(root)
    found = manifest.decode_root(body)
    assert found.digest == manifest.digest(body)
    return replace(found, digest=None)


@given(st.lists(ENTRIES))
def test_entries_come_back_as_they_were_and_in_order(entries: list[Entry]):
    assert list(stretch.decode_entries(stretch.encode_entries(entries))) == entries


@given(st.lists(ENTRIES))
def test_a_small_root_carries_its_entries(entries: list[Entry]):
    root = Root(len(entries), 5, stretch.encode_entries(entries))
    assert read_again(root) == root


def test_a_large_root_lists_its_chunks():
    root = Root(3, 9, chunks=(ChunkRef("d1", "a", "b", 2, 5), ChunkRef("d2", "c", "c", 1, 4)))
    assert read_again(root) == root


@given(st.lists(st.builds(PathChange, TEXT, st.none() | ENTRIES, st.none() | ENTRIES)))
def test_a_delta_names_its_base_and_carries_both_sides_of_its_changes(rows: list[PathChange]):
    changes = tuple(
        PathChange(path, *(one and one._replace(path=path) for one in sides)) for path, *sides in rows
    )
    root = Root(7, 9, base="d" * 64, changes=changes)
    assert read_again(root) == root


def test_a_root_of_an_unknown_format_is_refused():
    body = manifest.encode_root(Root(0, 0)).replace(b'"format":1', b'"format":4')
    with pytest.raises(ValueError, match="4"):
        manifest.decode_root(body)


def test_the_format_is_final():
    """Stored manifests are read for ever: these bytes and this digest must never change."""
    root = Root(1, 5, stretch.encode_entries([Entry("größe/a b.txt", "v1", 5, "etag", 1_700_000_000)]))
    body = manifest.encode_root(root)
    assert body.decode() == (
        '{"format":1,"files":1,"bytes":5,"chunks":0}\n["größe/a b.txt","v1",5,"etag",1700000000,null]\n'
    )
    assert manifest.digest(body) == "9a826232143254a48448d1b8922e2f727c92f8f0db1eb4b6412e6503d6b8c280"


def test_the_format_of_deltas_is_final():
    """As above: what is stored is read for ever."""
    old, new = Entry("größe", "v1", 5, "e", 1, None), Entry("größe", "v2", 6, "f", 2, "c")
    changes = (
        PathChange("a", None, old._replace(path="a")),
        PathChange("größe", old, new),
        PathChange("z", old, None),
    )
    body = manifest.encode_root(Root(1, 5, base="d1", changes=changes))
    assert body.decode() == (
        '{"format":2,"files":1,"bytes":5,"base":"d1"}\n'
        '["a",null,["v1",5,"e",1,null]]\n'
        '["größe",["v1",5,"e",1,null],["v2",6,"f",2,"c"]]\n'
        '["z",["v1",5,"e",1,null],null]\n'
    )
    assert manifest.digest(body) == "7093f89f7b31f17eaf82dce510fc531e1a963bc4c6ffc48ebe6d20a1549f83e8"


def test_the_format_of_what_is_told_of_all_files_is_final():
    """As above. Hashes are of eight bytes, the lowest first, in Base64."""
    entry = Entry("größe/a", "v1", 5, "etag", 1_700_000_000)
    summary = Summary()
    lines = summary.encoded([entry])
    assert lines.decode() == (
        '["größe/a","v1",5,"etag",1700000000,null]\n{"files":"inC8B5iDCuk=","folders":"C23oqe7S4V4="}\n'
    )
    body = manifest.encode_root(Root(1, 5, lines, largest=summary.largest()))
    assert body.decode() == (
        '{"format":1,"files":1,"bytes":5,"chunks":0,"largest":[["größe/a","v1",5,"etag",1700000000,null]]}\n'
        + lines.decode()
    )
    chunk = ChunkRef("d1", "a", "b", 2, 5)
    root = Root(2, 5, chunks=(chunk,), base="d2", changes=(PathChange("a", None, None),), largest=(entry,))
    body = manifest.encode_root(root)
    assert body.decode() == (
        '{"format":3,"files":2,"bytes":5,"base":"d2","chunks":1,'
        '"largest":[["größe/a","v1",5,"etag",1700000000,null]]}\n["d1","a","b",2,5]\n["a",null,null]\n'
    )
    assert read_again(root) == root


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4)


@given(st.lists(NAMES, max_size=40, unique=True), st.lists(NAMES, max_size=9), st.booleans())
def test_paths_are_found_without_reading_the_others(names: list[str], others: list[str], folds: bool):
    entries = [Entry(name, f"v of {name}", 1, "e", 0) for name in sorted(names)]
    body = Summary().encoded(entries) if folds else stretch.encode_entries(entries)
    lines, hashes = stretch.split(body)
    asked = sorted({*names[::2], *others})
    assert list(stretch.look_up(lines, asked)) == [entry for entry in entries if entry.path in asked]
    assert list(stretch.decode_entries(body)) == entries
    assert bool(hashes) == folds


def test_one_of_many_is_found_by_a_few_looks(monkeypatch: pytest.MonkeyPatch):
    lines, looks, entry_at = stretch.encode_entries(files(10_000)), list[int](), stretch._entry_at

    def counted(body: bytes, start: int) -> Entry:
        looks.append(start)
        return entry_at(body, start)

    monkeypatch.setattr(stretch, "_entry_at", counted)
    for path in ("a", "dir-4/file-00000", "dir-4/file-05000", "dir-4/file-09999", "z"):
        looks.clear()
        list(stretch.look_up(lines, [path]))
        assert len(looks) <= 20


@given(st.integers(0, 300), st.integers(1, 20))
def test_cutting_loses_nothing_and_keeps_the_order(count: int, target: int):
    entries = files(count)
    cuts = list(manifest.cut(entries, target))
    assert [entry for chunk in cuts for entry in chunk] == entries
    assert all(0 < len(chunk) <= 4 * target for chunk in cuts)


def test_a_chunk_has_about_the_target():
    cuts = list(manifest.cut(files(20_000), 100))
    assert 100 <= len(cuts) <= 400


@given(st.integers(0, 999))
def test_a_changed_file_changes_one_chunk(index: int):
    before = files(1000)
    after = [*before]
    after[index] = before[index]._replace(version_id="v2", etag="f")
    assert len(set(chunks(after)) - set(chunks(before))) == 1
    assert len(chunks(after)) == len(chunks(before))


# These use files whose chunks all end by hash, far from the upper limit, as nearly all do at full size.
@given(st.integers(0, 299))
def test_an_inserted_file_changes_two_chunks_at_most(index: int):
    before = files(300)
    after = sorted([*before, Entry(before[index].path + "+", "v1", 1, "e", 0)])
    assert 1 <= len(set(chunks(after)) - set(chunks(before))) <= 2


@given(st.integers(0, 299))
def test_a_removed_file_changes_one_chunk_at_most(index: int):
    before = files(300)
    after = before[:index] + before[index + 1 :]
    assert len(set(chunks(after)) - set(chunks(before))) <= 1


def test_the_files_of_these_tests_are_in_many_chunks_far_from_the_limit():
    sizes = [len(chunk) for chunk in manifest.cut(files(300), TARGET)]
    assert len(sizes) > 10
    assert max(a + b for a, b in pairwise(sizes)) < 4 * TARGET
