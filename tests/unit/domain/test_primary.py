"""The primary file of a version: the wanted one, the only one, the largest; and its thumbnail."""

from typing import Any

import pytest
from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.media_types import media_type
from assetversions.domain.model import Content
from assetversions.domain.primary_file import Primary
from hypothesis import given
from hypothesis import strategies as st

KINDS = ("png", "jpg", "jpeg", "svg", "gif")


def entries(**sizes: int) -> list[Entry]:
    """Files by size, in path order; `a_glb` is `a.glb`, and `a_glb__png` its preview."""
    paths = {name.replace("__", ".previewFile.").replace("_", "."): size for name, size in sizes.items()}
    return [Entry(path, f"ov of {path}", paths[path], "etag", 1) for path in sorted(paths)]


def chosen(files: list[Entry], wanted: str | None = None) -> Content | None:
    primary = Primary(wanted)
    gone = Entry("0 deleted since", "ov", 10**9, "etag", 1)
    rows = [PathChange(gone.path, gone, None), *(PathChange(file.path, None, file) for file in files)]
    assert list(primary.watch(rows)) == rows
    return primary.content()


def path_of(files: list[Entry], wanted: str | None = None) -> str | None:
    content = chosen(files, wanted)
    return None if content is None else content.path


def test_a_version_without_files_has_none() -> None:
    assert chosen([]) is None
    assert chosen([], "a.glb") is None


def test_the_only_file_is_it_with_all_that_there_is_to_know() -> None:
    found = chosen(entries(a_glb=7, a_glb__png=9))
    assert found == Content(
        "model/gltf-binary", 7, "a.glb", "ov of a.glb", None, "png", "ov of a.glb.previewFile.png"
    )
    assert found.thumbnail_path == "a.glb.previewFile.png"


def test_the_largest_file_is_it_and_among_equals_the_first() -> None:
    assert path_of(entries(a_txt=1, b_txt=3, c_txt=2)) == "b.txt"
    assert path_of(entries(a_txt=1, b_txt=3, c_txt=3)) == "b.txt"
    assert path_of(entries(a_txt=0, b_txt=0)) == "a.txt"


def test_the_wanted_file_is_it_whatever_its_size() -> None:
    files = entries(a_txt=1, b_txt=9, c_txt=0)
    assert path_of(files, "c.txt") == "c.txt"
    assert path_of(files, "gone.txt") == "b.txt"
    assert path_of(files, "c.tx") == "b.txt"


def test_a_preview_stands_only_where_nothing_else_does_or_where_it_is_wanted() -> None:
    assert path_of(entries(a_txt=0, a_txt__png=99, b_txt__gif=100)) == "a.txt"
    assert path_of(entries(a_txt__png=1, b_txt__gif=2)) == "b.txt.previewFile.gif"
    assert path_of(entries(a_txt=5, a_txt__png=1), "a.txt.previewFile.png") == "a.txt.previewFile.png"


def test_a_preview_of_another_file_is_no_thumbnail() -> None:
    found = chosen(entries(a_txt=1, a_txt__png=1, b_txt=2))
    assert (found and found.path, found and found.thumbnail) == ("b.txt", None)
    found = chosen(entries(a_txt=2, b_txt=1, b_txt__png=1))
    assert (found and found.path, found and found.thumbnail) == ("a.txt", None)


def test_a_file_between_the_primary_one_and_its_preview_changes_nothing() -> None:
    files = [Entry(path, path, size, "etag", 1) for path, size in (("a", 5), ("a.b", 1))]
    found = chosen([*files, Entry("a.previewFile.png", "preview", 1, "etag", 1)])
    assert (found and found.path, found and found.thumbnail_version) == ("a", "preview")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_preview_is_known(kind: str) -> None:
    found = chosen(entries(**{"a_txt": 1, f"a_txt__{kind}": 1}))
    assert found is not None
    assert (found.thumbnail, found.thumbnail_path) == (kind, f"a.txt.previewFile.{kind}")


@pytest.mark.parametrize("name", ["a.txt.previewFile.bmp", "a.txt.previewfile.png", "a.txt.previewFile.PNG"])
def test_another_name_is_a_plain_file(name: str) -> None:
    files = [Entry(path, path, 1, "etag", 1) for path in ("a.txt", name)]
    found = chosen(sorted(files))
    assert (found and found.thumbnail) is None


def test_of_two_previews_the_first_is_the_thumbnail() -> None:
    found = chosen(entries(a_txt=1, a_txt__png=1, a_txt__gif=1))
    assert (found and found.thumbnail) == "gif"


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("a/b.glb", "model/gltf-binary"),
        ("b.gltf", "model/gltf+json"),
        ("b.OBJ", "model/obj"),
        ("b.step", "model/step"),
        ("b.exr", "image/x-exr"),
        ("b.png", "image/png"),
        ("b.mp4", "video/mp4"),
        ("b.json", "application/json"),
        ("b.doc", "application/msword"),
        ("b.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12"),
        ("README", None),
        ("b.unheardof", None),
        ("b.tar.gz", "application/gzip"),
        ("b.json.gz", "application/gzip"),
        ("b.tgz", "application/gzip"),
        ("b.csv.bz2", "application/x-bzip2"),
        ("b.usda.xz", "application/x-xz"),
        ("b.js.br", None),
        ("data:text/html,b.png", "image/png"),
        ("take:1#2.glb", "model/gltf-binary"),
        ("a#b?c/d.glb", "model/gltf-binary"),
    ],
)
def test_the_name_tells_the_media_type(path: str, known: str | None) -> None:
    assert media_type(path) == known


NAMES = st.sampled_from(["a", "a.b", "b", "b.png", "c", "a.previewFile"])
PATHS = NAMES | st.builds(
    lambda name, kind: f"{name}.previewFile.{kind}", NAMES, st.sampled_from([*KINDS, "x"])
)
FILES = st.dictionaries(PATHS, st.integers(0, 3), max_size=8).map(
    lambda sizes: [Entry(path, f"ov of {path}", sizes[path], "etag", 1) for path in sorted(sizes)]
)


def plainly(files: list[Entry], wanted: str | None) -> Any:
    """The same choice, made over the complete list."""

    def is_preview(entry: Entry) -> bool:
        stem, mark, kind = entry.path.rpartition(".previewFile.")
        return bool(stem and mark) and kind in KINDS

    named = [entry for entry in files if entry.path == wanted]
    plain = [entry for entry in files if not is_preview(entry)]
    candidates = named or plain or files
    if not candidates:
        return None
    size = max(entry.size for entry in candidates)
    file = next(entry for entry in candidates if entry.size == size)
    found = [entry for entry in files if entry.path in {f"{file.path}.previewFile.{kind}" for kind in KINDS}]
    preview = found[0] if found else None
    return file.path, file.version_id, file.size, preview and preview.path, preview and preview.version_id


@given(FILES, st.none() | PATHS)
def test_the_choice_in_passing_is_the_one_over_the_complete_list(
    files: list[Entry], wanted: str | None
) -> None:
    found = chosen(files, wanted)
    shown = found and (
        found.path,
        found.object_version,
        found.length,
        found.thumbnail and found.thumbnail_path,
        found.thumbnail_version,
    )
    assert shown == plainly(files, wanted)
