"""Names that a user's disk can't hold, alone or side by side."""

import pytest
from assetversions.domain import portable
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "path",
    [
        *(f"a{character}b" for character in '<>:"|?*\\\x01\x1f'),
        *("CON", "nul", "tex/Aux.png", "com1", "LPT9.log.txt", "COM¹", "con .txt", "prn/a.txt", "conin$"),
        *("a.", "a ", "tex./a", "tex /a.txt", "a/..."),
        "x" * 256,
        "ä" * 128,
        "/".join(["folder"] * 40),
    ],
)
def test_a_name_that_windows_can_not_hold_is_told_with_the_reason(path: str):
    found = portable.check(["fine.txt", path])
    assert (found.count, [name for name, _ in found.named]) == (1, [path])
    assert found.named[0][1]


@pytest.mark.parametrize(
    "path",
    [
        *("a.txt", "größe/資産.glb", "console.txt", "com0", "com10.txt", "auxiliary/nul2", " a", ".hidden"),
        *("a..b", "tex/", "x" * 255, "/".join(["folder"] * 37)),
    ],
)
def test_other_names_are_fine(path: str):
    assert portable.check([path]) == portable.NONE


def test_a_path_has_259_characters_of_windows_at_most():
    """Those outside of the first plane count twice."""
    folders = "/".join(["x" * 50] * 5)
    assert portable.check([f"{folders}/1234"]) == portable.NONE
    assert portable.check([f"{folders}/12345"]).count == 1
    assert portable.check([f"{folders}/𝄞𝄞"]) == portable.NONE
    assert portable.check([f"{folders}/𝄞𝄞5"]).count == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A.txt", "a.txt"),
        ("Tex/a.png", "tex/A.png"),
        ("caf\u00e9.txt", "cafe\u0301.txt"),
        ("STRASSE", "straße"),
        ("\u00c9.png", "e\u0301.png"),
    ],
)
def test_twins_are_found_whatever_lies_between(one: str, other: str):
    found = portable.check(sorted([one, other, *(f"M{index}" for index in range(50))]))
    assert found.count == 1
    assert {found.named[0][0]} < {one, other}
    assert one in str(found) and other in str(found)


@pytest.mark.parametrize(("file", "inside"), [("a", "a/b"), ("A", "a/b/c"), ("z/b", "Z/B/c"), ("a", "A/b")])
def test_a_file_with_the_name_of_a_folder_is_found(file: str, inside: str):
    found = portable.check(sorted([file, inside, "other/x"]))
    assert found.count == 1
    assert found.named[0][0] in {file, inside}
    assert "folder" in found.named[0][1]


def test_folders_that_differ_in_case_alone_are_no_twins():
    assert portable.check(["Tex/a.png", "tex/b.png", "tex/c/d"]) == portable.NONE


def test_the_first_are_named_and_all_counted():
    found = portable.check([f"{index:04d}?" for index in range(500)])
    assert (found.count, len(found.named)) == (500, portable.MAX_NAMED)
    assert "and 480 more" in str(found)


@given(st.sets(st.text("aAbB/e\u00e9\u0301", min_size=1, max_size=5)))
def test_what_is_found_is_what_a_disk_would_mix_up(paths: set[str]):
    kept = sorted(path for path in paths if path.strip("/") == path and "//" not in path)
    files = [portable.folded(path) for path in kept]
    places = {folder for path in files for folder in portable.folders(path)}
    mixed = len(files) - len(set(files)) + len(set(files) & places)
    assert bool(portable.check(kept).count) == bool(mixed)
