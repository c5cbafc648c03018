"""Manifests stored as changes to a base: they read as the plain lists they stand for, and stay flat."""

from typing import Any

import pytest
from assetversions.domain.manifests import manifest
from assetversions.domain.manifests.delta import LIMITS as USUAL
from assetversions.domain.manifests.delta import Limits
from assetversions.domain.manifests.manifest import Damaged, Entry, Root
from assetversions.domain.manifests.merge import rows
from assetversions.domain.manifests.store import ManifestStore
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support import FakeManifests, Faults

UID = 7
PATHS = [f"{name}/{index}" for name in ("a", "größe", "z") for index in range(6)]
CHANGES = st.dictionaries(st.sampled_from(PATHS), st.none() | st.integers(0, 3), max_size=len(PATHS))
LIMITS = st.builds(Limits, files=st.integers(0, 4), changes=st.integers(0, 9), share=st.integers(1, 3))
TARGETS = st.integers(1, 8)

Files = list[Entry]


class Written:
    """Lists that were written one on the other, each with its root; reads are counted."""

    def __init__(self, target: int, limits: Limits) -> None:
        self.manifests = FakeManifests(Faults(), target, limits)
        self.lists: list[Files] = []
        self.roots: list[Root] = []
        self.digests: list[str] = []

    def write(self, changes: dict[str, int | None]) -> None:
        """As a stream that can be read once."""
        now = {entry.path: entry for entry in self.lists[-1]} if self.lists else {}
        for path, size in changes.items():
            now.pop(path, None)
            if size is not None:
                now[path] = Entry(path, f"v{size}", size, f"e{size}", size)
        self.add([now[path] for path in sorted(now)])

    def add(self, files: Files) -> None:
        known = self.roots[-1] if self.roots else None
        before = self.lists[-1] if self.lists else []
        stored = ManifestStore.write(self.manifests, UID, rows(iter(before), iter(files)), known)
        assert (stored.files, stored.bytes) == (len(files), sum(entry.size for entry in files))
        self.lists.append(files)
        self.digests.append(stored.digest)
        self.roots.append(self.manifests.root(UID, stored.digest))

    def compared(self, left: int, right: int, after: str | None = None) -> list[Any]:
        both = self.manifests.beside(UID, self.roots[left], self.roots[right], after)
        return [(a, b) for a, b in both if a != b]


@pytest.mark.parametrize(
    ("files", "most"), [(999, 0), (1_000, 50), (1_019, 50), (1_020, 51), (40_019, 2_000), (100_000, 2_000)]
)
def test_of_a_thousand_files_on_one_in_twenty_and_two_thousand_at_most_may_change(files: int, most: int):
    assert USUAL.most(Root(files, 0, digest="full")) == most


@pytest.fixture
def written() -> Written:
    """A hundred files in chunks, and two deltas to them."""
    written = Written(8, Limits(files=10, changes=5, share=1))
    written.add([Entry(f"f{index:03d}", "v1", 1, "e", 0) for index in range(100)])
    written.write({"f010": 5, "f050": None, "new": 2})
    written.write({"f010": 6, "f050": 7, "f060": None})
    return written


def different(left: Files, right: Files, after: str | None = None) -> list[Any]:
    both = rows(left, right)
    return [(a, b) for path, a, b in both if a != b and (after is None or path > after)]


@given(TARGETS, LIMITS, st.lists(CHANGES, min_size=1, max_size=6))
def test_whatever_was_changed_reads_as_the_plain_lists(target: int, limits: Limits, steps: list[Any]):
    written = Written(target, limits)
    for changes in steps:
        written.write(changes)
    for files, root, digest in zip(written.lists, written.roots, written.digests, strict=True):
        assert list(written.manifests.entries(UID, root)) == files
        assert (root.files, root.bytes) == (len(files), sum(entry.size for entry in files))
        held = {entry.path: entry for entry in files}
        for path in ["", *PATHS, "größe/3+", "zz"]:
            behind = [entry for entry in files if entry.path > path]
            assert list(written.manifests.entries(UID, root, path)) == behind
            assert written.manifests.find(UID, digest, path) == held.get(path)


@given(TARGETS, LIMITS, st.lists(CHANGES, min_size=2, max_size=6), st.none() | st.sampled_from(PATHS))
def test_any_two_compare_as_the_plain_lists(target: int, limits: Limits, steps: list[Any], after: str | None):
    written = Written(target, limits)
    for changes in steps:
        written.write(changes)
    for left, files in enumerate(written.lists):
        for right, others in enumerate(written.lists):
            assert written.compared(left, right, after) == different(files, others, after)


@given(TARGETS, LIMITS, st.lists(CHANGES, min_size=1, max_size=6))
def test_a_base_is_full_and_changes_are_few(target: int, limits: Limits, steps: list[Any]):
    written = Written(target, limits)
    for changes in steps:
        written.write(changes)
    for files, root in zip(written.lists, written.roots, strict=True):
        if root.base is not None:
            base = written.manifests.root(UID, root.base)
            whole = list(written.manifests.entries(UID, base))
            assert base.base is None
            assert base.files >= limits.files
            assert list(root.changes) == [row for row in rows(whole, files) if row.base != row.current]
            assert 0 < len(root.changes) <= min(limits.changes, base.files // limits.share)


@given(TARGETS, LIMITS, st.lists(CHANGES, min_size=1, max_size=4))
def test_what_did_not_change_is_not_written_again(target: int, limits: Limits, steps: list[Any]):
    written = Written(target, limits)
    for changes in steps:
        written.write(changes)
    sent = list(written.manifests.sent)
    written.write({})
    assert written.digests[-1] == written.digests[-2]
    assert written.manifests.sent == sent


@given(TARGETS, st.integers(1, 4), CHANGES, CHANGES)
def test_too_many_changes_in_mid_stream_are_stored_as_if_from_nothing(
    target: int, most: int, few: dict[str, int | None], many: dict[str, int | None]
):
    """Whether what is known is full or a delta, and wherever in the stream they become too many."""
    written = Written(target, Limits(files=1, changes=most, share=1))
    written.add([Entry(path, "first", 9, "e", 0) for path in PATHS])
    written.write(dict(list(few.items())[:most]))
    written.write(many)
    plain = FakeManifests(Faults(), target, Limits(files=1))
    stored = plain.write(UID, rows([], written.lists[-1]), None)
    changes = different(written.lists[0], written.lists[-1])
    root = written.roots[-1]
    assert (root.base is None) == (len(changes) > most or not changes)
    if len(changes) > most:
        assert written.digests[-1] == stored.digest
        assert set(plain.bodies.items()) <= set(written.manifests.bodies.items())


def test_the_changes_of_a_delta_are_against_its_base(written: Written):
    full, first, second = written.roots
    assert first.base == second.base == full.digest
    assert [row.path for row in first.changes] == ["f010", "f050", "new"]
    assert [row.path for row in second.changes] == ["f010", "f050", "f060", "new"]
    assert len(full.chunks) > 5


def test_what_changed_back_is_the_base_again(written: Written):
    sent = len(written.manifests.sent)
    written.add(written.lists[0])
    assert written.digests[-1] == written.digests[0]
    assert len(written.manifests.sent) == sent


def test_what_did_not_change_beside_a_delta_of_the_older_format_is_that_delta(written: Written):
    body = manifest.encode_root(replace(written.roots[-1], chunks=(), largest=()))
    digest = manifest.digest(body)
    written.manifests.bodies[UID, digest] = body
    old = written.manifests.root(UID, digest)
    assert list(written.manifests.entries(UID, old)) == written.lists[-1]
    same = rows(written.lists[-1], written.lists[-1])
    assert written.manifests.write(UID, same, old).digest == digest


def test_beside_an_excerpt_no_change_is_left_out_however_many_there_are(written: Written):
    full = written.roots[0]
    excerpt = written.manifests.excerpt(UID, full, {"f010"}, None)
    assert excerpt is not None
    names = {f"f{number:03d}" for number in range(20)}
    now = [entry._replace(version_id="w") for entry in written.manifests.at(UID, full, names)]
    known = written.lists[0][:20]
    stored = written.manifests.write(UID, rows(known, now), full, excerpt)
    root = written.manifests.root(UID, stored.digest)
    assert list(written.manifests.entries(UID, root)) == [*now, *written.lists[0][20:]]


def test_too_many_changes_are_a_full_manifest_that_shares_chunks_with_the_base(written: Written):
    written.write({f"f09{index}": 9 for index in range(6)})
    full, last = written.roots[0], written.roots[-1]
    assert last.base is None
    assert len(set(last.chunks) & set(full.chunks)) > len(full.chunks) / 2


@pytest.mark.parametrize("edge", ["first", "last"])
def test_a_change_at_the_edge_of_a_chunk_that_two_bases_share_is_seen_as_one(edge: str):
    written = Written(8, Limits(files=10, changes=5, share=1))
    plain = [Entry(f"f{index:03d}", "v1", 1, "e", 0) for index in range(100)]
    written.add(plain)
    shared = written.roots[0].chunks[2]
    path = shared.first if edge == "first" else shared.last

    def changed(files: Files) -> Files:
        return [one._replace(version_id="v2", size=2) if one.path == path else one for one in files]

    other = [*plain[:94], *(one._replace(version_id="v3") for one in plain[94:])]
    for files in (changed(plain), other, changed(other)):
        written.add(files)
    assert shared in written.roots[2].chunks
    assert [root.base is None for root in written.roots] == [True, False, True, False]
    for left in range(4):
        for right in range(4):
            assert written.compared(left, right) == different(written.lists[left], written.lists[right])


class TestReads:
    """Which parts are opened."""

    @pytest.fixture
    def opened(self, written: Written, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        digests: list[str] = []
        get = written.manifests._get

        def counting(uid: int, digest: str) -> bytes:
            digests.append(digest)
            return get(uid, digest)

        monkeypatch.setattr(written.manifests, "_get", counting)
        return digests

    def test_versions_of_one_base_are_compared_without_opening_it(self, written: Written, opened: list[str]):
        for left, right in ((0, 1), (1, 2), (2, 0), (1, 1)):
            assert written.compared(left, right) == different(written.lists[left], written.lists[right])
        assert opened == []

    def test_of_other_bases_the_chunks_that_both_have_stay_closed(self, written: Written, opened: list[str]):
        written.write({f"f09{index}": 9 for index in range(6)})
        written.write({"f010": 1})
        assert written.roots[-1].base == written.digests[3]
        opened.clear()
        assert written.compared(1, 4) == different(written.lists[1], written.lists[4])
        bases = written.roots[0], written.roots[3]
        own = {chunk.digest for chunk in set(bases[0].chunks) ^ set(bases[1].chunks)}
        assert sorted(opened) == sorted(own)

    def test_a_changed_file_is_found_in_the_root(self, written: Written, opened: list[str]):
        digest = written.digests[1]
        for path in ("f010", "f050", "new"):
            written.manifests.find(UID, digest, path)
        assert opened == [digest] * 3

    def test_another_file_is_found_in_one_chunk_of_the_base(self, written: Written, opened: list[str]):
        assert written.manifests.find(UID, written.digests[1], "f030") == written.lists[1][30]
        assert opened[0] == written.digests[1]
        assert len(opened) == 2, "the delta knows the chunks of its base"

    def test_writing_changes_reads_nothing(self, written: Written, opened: list[str]):
        written.write({"f011": 8})
        assert opened == [written.digests[-1]], "the root that this test reads"

    def test_too_many_changes_read_the_base_as_far_as_they_are_known(
        self, written: Written, opened: list[str]
    ):
        """Up to the chunk that the last of them lies in."""
        written.write({f"f00{index}": 9 for index in range(6)})
        assert written.roots[-1].base is None
        read = [chunk.digest for chunk in written.roots[0].chunks if chunk.first <= "f005"]
        assert opened[:-1] == read


@pytest.mark.parametrize("harm", [None, b"{}\n"])
def test_a_harmed_base_is_never_passed_over(written: Written, harm: bytes | None):
    (chunk,) = (one for one in written.roots[0].chunks if one.first <= "f030" <= one.last)
    if harm is None:
        del written.manifests.bodies[UID, chunk.digest]
    else:
        written.manifests.bodies[UID, chunk.digest] = harm
    with pytest.raises(Damaged):
        list(written.manifests.entries(UID, written.roots[1]))
    with pytest.raises(Damaged):
        written.manifests.find(UID, written.digests[1], "f030")
    assert written.compared(1, 2) == different(written.lists[1], written.lists[2])


@pytest.mark.parametrize(
    ("files", "most"),
    [(0, 0), (999, 0), (1_000, 50), (10_000, 500), (40_000, 2_000), (1_000_000, 2_000)],
)
def test_how_many_changes_may_stand_alone(files: int, most: int):
    assert Limits().most(Root(files, 0, digest="d")) == most
    removed = Entry("a", "v", 1, "e", 0)
    changes = next(rows([removed], []))
    assert Limits().most(Root(files - 1, 0, base="d", changes=(changes,))) == most


def test_a_manifest_that_is_not_stored_is_no_base():
    assert Limits().most(None) == 0
    assert Limits().most(Root(5_000, 0)) == 0
