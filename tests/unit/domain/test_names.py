"""Which names are taken, which are refused, and that the refusal names the field."""

from collections.abc import Callable

import pytest
from assetversions.domain import names
from assetversions.domain.errors import Invalid
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize("value", ["abc", "my-database", "A_1", "x" * 63, "globally"])
def test_a_database_id_of_letters_digits_dashes_is_taken_as_it_is(value: str):
    assert names.database_id(value) == value


@pytest.mark.parametrize(
    "value", ["", "ab", "x" * 64, "a b c", "a/b", "a#b", "abc\n", "äbc", "global", "GLOBAL", "../x", "a.b"]
)
def test_a_malformed_database_id_is_refused(value: str):
    with pytest.raises(Invalid) as refused:
        names.database_id(value)
    assert refused.value.field == "databaseId"


@pytest.mark.parametrize("value", ["a", "x" * 256, "a b", "größe", "v1.0", "資産", "a#b", "50%"])
def test_an_asset_id_may_have_any_printable_name(value: str):
    assert names.asset_id(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x" * 257,
        *(f"a{sign}b" for sign in '<>:"/\\|?*'),
        ".a",
        "a.",
        " a",
        "a ",
        "..",
        ".",
        "a\nb",
        "a\x00b",
        "a\u202eb",
        "a" + chr(0xD800),
    ],
)
def test_a_malformed_asset_id_is_refused(value: str):
    with pytest.raises(Invalid) as refused:
        names.asset_id(value)
    assert refused.value.field == "assetId"


@pytest.mark.parametrize("check", [names.asset_id, names.policy_name, names.role_name])
def test_a_name_has_900_bytes_at_most(check: Callable[[str, str], str]):
    assert check("𝄞" * 225, "name")
    with pytest.raises(Invalid, match="900 bytes"):
        check("𝄞" * 226, "name")


@pytest.mark.parametrize(
    "value", ["v1.0", "x" * 64, "release 2", "2.0", "1a", "größe", "²", "2025", "0042", "release/1.0"]
)
def test_an_alias_may_be_any_short_text(value: str):
    assert names.alias(value, "alias") == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x" * 65,
        "a\\b",
        "a?b",
        " a",
        "a ",
        "a\tb",
        ".",
        "..",
        "current",
        "Latest",
    ],
)
def test_an_alias_that_could_mean_something_else_or_breaks_a_path_is_refused(value: str):
    with pytest.raises(Invalid) as refused:
        names.alias(value, "versionAlias")
    assert refused.value.field == "versionAlias"


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("a.txt", "a.txt"),
        ("/a.txt", "a.txt"),
        ("dir/sub/a b.txt", "dir/sub/a b.txt"),
        ("...", "..."),
        ("a..b/c", "a..b/c"),
        ("folder/", "folder/"),
        ("größe/資産 +%#&?.txt", "größe/資産 +%#&?.txt"),
        ("x" * 1024, "x" * 1024),
    ],
)
def test_a_path_is_stored_one_way(value: str, stored: str):
    assert names.path(value, "relativeKey") == stored


@pytest.mark.parametrize(
    "value",
    [
        "",
        "/",
        "//a",
        "//",
        "../a",
        "/../a",
        "a/../b",
        "a/..",
        "..",
        ".",
        "./a",
        "a/./b",
        "a//b",
        "..\\a",
        "a\\..\\b",
        "\\a",
        "/\\a",
        "C:\\a",
        "C:/a",
        "c:a",
        "s3://bucket/key",
        "file://a",
        "a\x00b",
        "a\nb",
        "a\x7fb",
        "x" * 1025,
        "é" * 513,
    ],
)
def test_a_path_that_is_empty_or_leaves_the_asset_is_refused(value: str):
    with pytest.raises(Invalid) as refused:
        names.path(value, "relativeKey")
    assert refused.value.field == "relativeKey"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_path_that_is_taken_stays_below_any_folder(value: str):
    try:
        stored = names.path(value, "relativeKey")
    except Invalid:
        return
    parts = stored.replace("\\", "/").split("/")
    assert ".." not in parts
    assert parts[0] != ""
    assert names.path(stored, "relativeKey") == stored


@pytest.mark.parametrize("value", ["", "x" * 257, "a/b", "a\\b", "a?b", " a", "a\tb"])
def test_a_name_of_a_rule_that_no_url_can_hold_is_refused(value: str):
    assert names.policy_name("rule 1", "identifier") == "rule 1"
    with pytest.raises(Invalid):
        names.policy_name(value, "identifier")
