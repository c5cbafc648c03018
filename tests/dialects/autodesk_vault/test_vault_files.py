"""The files of an item version and their bytes: each is found by its id, and nothing else is."""

from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from assetversions.dialects.autodesk_vault import ids
from assetversions.dialects.common.http import Reply
from assetversions.domain.commands.catalog import UpdateAsset
from assetversions.domain.commands.versions import ArchiveVersion, DeleteVersion, PublishVersion
from assetversions.domain.ids import asset_uuid, version_id
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.stream_file import MOST_BYTES

from tests.support import number
from tests.support.vault_api import SEED_ITEM, VAULT, VERSIONS, Body, Vault

UID = 0x2BADC0FFEE123456789ABC
PICTURE = b"\x89PNG"


@pytest.fixture
def vault() -> Vault:
    """Version 1 has `a/größe.stp` with its picture, and `b.txt`; version 2 has another text in that."""
    vault = Vault.new()
    vault.put("a/größe.stp", b"solid, and large")
    vault.put("a/größe.stp.previewFile.png", PICTURE)
    vault.put("b.txt", b"first")
    vault.put("empty/", b"")
    vault.create()
    vault.put("b.txt", b"second")
    vault.create()
    return vault


def files(vault: Vault, number: int, query: str = "") -> list[Body]:
    version = version_id(UID, number)
    return vault.results(f"{VAULT}/item-versions/{version}/associated-files{query}")


def address(vault: Vault, number: int, name: str) -> str:
    [found] = [one["file"]["url"] for one in files(vault, number) if one["file"]["name"] == name]
    return str(found)


def told(reply: Reply) -> tuple[int, Any]:
    return reply.status, reply.body["detail"] if isinstance(reply.body, dict) else reply.body


# ids that somebody made up


@pytest.mark.parametrize(
    ("at", "path"), [(1, "nothing.txt"), (1, "../b.txt"), (1, "/b.txt"), (3, "b.txt"), (2**32 - 1, "b.txt")]
)
def test_no_version_holds_what_its_id_only_claims(vault: Vault, at: int, path: str) -> None:
    """Whoever makes up an id learns nothing by it."""
    text = ids.spell_path(version_id(UID, at), path)
    for below in ("", "/content", "/thumbnail", "/signedurl"):
        assert vault.reply(f"{VAULT}/file-versions/{text}{below}").status == 404
    assert vault.reply(f"{VAULT}/file-versions/{text}/content", "HEAD").status == 404


def test_the_file_of_a_deleted_version_is_gone_with_it(vault: Vault) -> None:
    at = address(vault, 1, "b.txt")
    vault.run(delete_version, DeleteVersion(SEED_ITEM, number(1)))
    for below in ("", "/content", "/signedurl"):
        assert vault.reply(at + below).status == 404


# what a version holds


def test_associated_files_are_those_of_the_version_without_previews_and_folders(vault: Vault) -> None:
    found = files(vault, 1, "?option[extendedModels]=true")
    assert [(one["itemAssociationType"], one["file"]["path"]) for one in found] == [
        ("Primary", "a/größe.stp"),
        ("PinnedAttachment", "b.txt"),
    ]
    assert [one["file"]["size"] for one in found] == [16, 5]
    assert [one["file"]["size"] for one in files(vault, 2)] == [16, 6]


def test_a_preview_that_alone_stands_for_a_version_is_listed_as_its_file() -> None:
    vault = Vault.new()
    vault.put("a.stp.previewFile.png", PICTURE)
    vault.create()
    found = [(one["itemAssociationType"], one["file"]["name"]) for one in files(vault, 1)]
    assert found == [("Primary", "a.stp.previewFile.png")]


def test_pages_of_associated_files_end_to_end_are_all_of_them(vault: Vault) -> None:
    url = f"{VAULT}/item-versions/{version_id(UID, 1)}/associated-files"
    whole = vault.get(url)
    assert whole["pagination"] == {"limit": 1000, "totalResults": 2, "indexingStatus": "NA"}
    pages = list(vault.pages(f"{url}?limit=1"))
    assert [one for page in pages for one in page["results"]] == whole["results"]
    assert all("totalResults" not in page["pagination"] for page in pages)


def test_a_version_without_files_has_none() -> None:
    vault = Vault.new()
    vault.create()
    assert files(vault, 1) == []
    version = vault.get(VERSIONS)["results"][0]["url"]
    assert told(vault.reply(f"{version}/thumbnail"))[0] == 404


def test_a_file_version_shows_the_facts_of_the_version_that_holds_it(vault: Vault) -> None:
    vault.run(publish_version, PublishVersion(SEED_ITEM, number(1)))
    found = vault.get(address(vault, 1, "b.txt"))
    assert (found["version"], found["revision"], found["state"]) == (1, "A", "Released")
    assert (found["name"], found["path"], found["size"]) == ("b.txt", "b.txt", 5)
    assert vault.get(found["url"]) == found


def test_a_file_version_is_read_only_where_its_item_version_is(vault: Vault) -> None:
    vault.run(archive_version, ArchiveVersion(SEED_ITEM, number(1)))
    shown = [vault.get(address(vault, at, "b.txt"))["isReadOnly"] for at in (1, 2)]
    assert shown == [one["isReadOnly"] for one in vault.results(VERSIONS)] == [True, False]


def test_a_file_version_belongs_to_the_one_item_version_that_holds_it(vault: Vault) -> None:
    at = f"{address(vault, 1, 'b.txt')}/item-versions"
    [item_version] = vault.results(at)
    assert item_version == vault.results(VERSIONS)[0]
    assert vault.results(f"{at}?option[releasedOnly]=true") == []
    vault.run(publish_version, PublishVersion(SEED_ITEM, number(1)))
    assert [one["state"] for one in vault.results(f"{at}?option[releasedOnly]=true")] == ["Released"]


def test_a_file_leads_to_the_newest_version_that_there_is_or_to_the_released_one(vault: Vault) -> None:
    file = vault.get(address(vault, 1, "b.txt"))["file"]
    newest = vault.get(file["url"])
    assert newest.items() >= file.items()
    assert (newest["versionType"], newest["fileVersion"]["version"]) == ("Latest", 2)
    released = f"{file['url']}?option[releasedOnly]=true"
    assert vault.get(released) == file | {"versionType": "None"}
    vault.run(publish_version, PublishVersion(SEED_ITEM, number(1)))
    found = vault.get(released)
    assert (found["versionType"], found["fileVersion"]["version"]) == ("LatestReleased", 1)


def test_a_file_that_the_newest_version_has_no_more_still_is_one(vault: Vault) -> None:
    file = vault.get(address(vault, 1, "b.txt"))["file"]
    vault.world.files.put(SEED_ITEM, "b.txt", None)
    vault.create()
    assert vault.get(file["url"]) == file | {"versionType": "None"}
    never = ids.spell_path(asset_uuid(UID), "never.txt")
    assert vault.reply(f"{VAULT}/files/{never}").status == 404


# bytes


def test_content_is_that_of_the_version_whatever_came_since(vault: Vault) -> None:
    for at, text in ((1, b"first"), (2, b"second")):
        reply = vault.reply(f"{address(vault, at, 'b.txt')}/content")
        assert (reply.status, reply.body) == (200, text)
        assert (reply.headers["Accept-Ranges"], reply.headers["Content-Type"]) == ("bytes", "text/plain")


@pytest.mark.parametrize(
    ("asked", "status", "part", "said"),
    [
        ("bytes=0-1", 206, b"fi", "bytes 0-1/5"),
        ("bytes=3-", 206, b"st", "bytes 3-4/5"),
        ("bytes=-2", 206, b"st", "bytes 3-4/5"),
        ("bytes=3-900", 206, b"st", "bytes 3-4/5"),
        ("bytes=5-", 416, None, "bytes */5"),
        ("lines=1-2", 200, b"first", None),
    ],
)
def test_a_part_is_what_was_asked_for(
    vault: Vault, asked: str, status: int, part: bytes | None, said: str | None
) -> None:
    reply = vault.reply(f"{address(vault, 1, 'b.txt')}/content", range=asked)
    assert (reply.status, reply.headers.get("Content-Range")) == (status, said)
    if part is None:
        assert told(reply) == (416, "Range: the file has 5 bytes, and none of these; ask for others.")
    else:
        assert reply.body == part


def test_a_part_goes_on_only_with_the_bytes_that_it_began_with(vault: Vault) -> None:
    content = f"{address(vault, 1, 'b.txt')}/content"
    known = vault.reply(content).headers["ETag"]
    for said, status, body in (
        (known, 206, b"st"),
        ('"other"', 200, b"first"),
        (f"W/{known}", 200, b"first"),
    ):
        reply = vault.reply(content, range="bytes=3-", **{"if-range": said})
        assert (reply.status, reply.body) == (status, body)


def test_a_head_tells_how_long_the_content_is(vault: Vault) -> None:
    url = f"{address(vault, 1, 'b.txt')}/content"
    head, whole = vault.reply(url, "HEAD"), vault.reply(url)
    assert (head.status, head.headers["Content-Length"]) == (200, "5")
    for name in ("Content-Type", "Accept-Ranges", "ETag", "Content-Disposition"):
        assert head.headers[name] == whole.headers[name]
    refused = vault.reply(f"{url}?contentDisposition=form-data", "HEAD")
    assert (refused.status, refused.headers["x-vault-error-code"]) == (400, "invalid")
    assert refused.headers["x-vault-error-detail"].startswith("contentDisposition: ")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe.stp"),
        ("attachment", "attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe.stp"),
        ('attachment; filename="x.stp"', 'attachment; filename="x.stp"'),
    ],
)
def test_content_is_saved_under_its_own_name_or_the_one_that_is_asked_for(
    vault: Vault, asked: str, said: str
) -> None:
    reply = vault.reply(f"{address(vault, 1, 'größe.stp')}/content?contentDisposition={quote(asked)}")
    assert reply.headers["Content-Disposition"] == said


def test_inline_is_for_what_a_browser_runs_nothing_of() -> None:
    vault = Vault.new()
    for name in ("a.png", "b.txt", "c.pdf", "d.svg", "e.html", "f", "g.stp"):
        vault.put(name, b"x")
    vault.create()
    for one in files(vault, 1):
        for below in ("content", "signedurl"):
            reply = vault.reply(f"{one['file']['url']}/{below}?contentDisposition=inline")
            shown = one["file"]["name"] in {"a.png", "b.txt", "c.pdf"}
            assert reply.status == (200 if shown else 400), one
            assert shown or told(reply)[1].startswith("contentDisposition: 'inline' is for ")
            assert "sandbox" in reply.headers.get("Content-Security-Policy", "sandbox")
    reply = vault.reply(f"{files(vault, 1)[0]['file']['url']}/content?contentDisposition=inline")
    assert reply.headers["Content-Disposition"] == "inline"


def test_more_than_a_reply_has_room_for_is_elsewhere_and_its_parts_are_here() -> None:
    vault = Vault.new()
    vault.put("a.png", b"x" * (MOST_BYTES + 1))
    vault.create()
    url = f"{address(vault, 1, 'a.png')}/content"
    reply = vault.reply(url)
    assert (reply.status, urlsplit(reply.headers["Location"]).netloc) == (307, "files")
    assert reply.body["errorCode"] == "elsewhere"
    assert "signedurl" in reply.body["detail"]
    inline = vault.reply(f"{url}?contentDisposition=inline")
    assert "disposition=inline&media_type=image%2Fpng" in inline.headers["Location"]
    part = vault.reply(url, range=f"bytes=0-{MOST_BYTES - 1}")
    assert (part.status, len(part.body)) == (206, MOST_BYTES)
    assert vault.reply(url, "HEAD").headers["Content-Length"] == str(MOST_BYTES + 1)


def test_a_signed_url_works_for_three_minutes_or_less(vault: Vault) -> None:
    at = address(vault, 1, "b.txt")
    found = vault.get(f"{at}/signedurl")
    assert found["id"] == at.rpartition("/")[2]
    object_version = vault.world.files.history(SEED_ITEM, "b.txt")[0].version_id
    assert f"/117/55/b.txt?versionId={object_version}&seconds=180" in found["url"]
    assert "seconds=7&" in vault.get(f"{at}/signedurl?expirationTime=7")["url"]


def test_thumbnails_are_the_previews_that_the_version_holds(vault: Vault) -> None:
    for at in (address(vault, 1, "größe.stp"), f"{VAULT}/item-versions/{version_id(UID, 1)}"):
        reply = vault.reply(f"{at}/thumbnail")
        assert (reply.status, reply.body, reply.headers["Content-Type"]) == (200, PICTURE, "image/png")
    vault.put("a/größe.stp.previewFile.png", b"another")
    assert vault.reply(f"{VAULT}/item-versions/{version_id(UID, 1)}/thumbnail").body == PICTURE
    status, words = told(vault.reply(f"{address(vault, 1, 'b.txt')}/thumbnail"))
    assert (status, words.partition(". ")[0]) == (404, "No thumbnail of 'b.txt'")


def test_files_of_an_item_that_is_not_distributable_are_told_of_and_not_given_out(vault: Vault) -> None:
    vault.run(update_asset, UpdateAsset(SEED_ITEM, is_distributable=False))
    at = address(vault, 1, "größe.stp")
    assert vault.get(at)["size"] == 16
    for below in ("content", "thumbnail", "signedurl"):
        assert vault.reply(f"{at}/{below}").status == 403
    head = vault.reply(f"{at}/content", "HEAD")
    assert (head.status, head.headers["x-vault-error-code"]) == (403, "forbidden")


def test_bytes_that_are_gone_are_not_found_and_no_link_leads_to_them(vault: Vault) -> None:
    at, purged = address(vault, 1, "b.txt"), vault.world.files.history(SEED_ITEM, "b.txt")[0].version_id
    vault.world.files.purge(SEED_ITEM, "b.txt", purged)
    for below in ("content", "signedurl"):
        assert vault.reply(f"{at}/{below}").status == 404
    assert vault.get(at)["size"] == 5, "what it was is still known"
