"""How files are moved, copied, deleted and put into folders, as VAMS asks for it."""

import json
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.requests import files, moves
from assetversions.domain.commands.files import (
    ArchiveFiles,
    CopyFile,
    CreateFolder,
    GetFile,
    MoveFile,
    SetPrimaryFile,
)
from assetversions.domain.errors import Invalid
from assetversions.domain.journal import FilePlace
from assetversions.domain.model import AssetRef

HERE = AssetRef("db1", "a1")
PATHS: dict[str, Any] = {"sourcePath": "/a.txt", "destinationPath": "in/b.txt"}
LOD: dict[str, Any] = {"filePath": "/a.txt", "primaryType": "lod1"}
DELETED: dict[str, Any] = {"filePath": "/a.txt", "confirmPermanentDelete": True}


def asked(body: Any, query: dict[str, str] | None = None) -> Request:
    path = {"databaseId": "db1", "assetId": "a1"}
    return Request(path=path, query=query or {}, headers={"if-match": '"7"'}, body=json.dumps(body))


def test_what_is_asked_for():
    assert moves.move_file(asked(PATHS)) == MoveFile(HERE, "a.txt", "in/b.txt", 7)
    assert moves.copy_file(asked(PATHS)) == CopyFile(HERE, FilePlace(HERE, "a.txt"), "in/b.txt", 7)
    assert moves.delete_file(asked(DELETED)) == ArchiveFiles(HERE, "a.txt", False, 7)
    for name in ("relativeKey", "folderPath"):
        for text in ("/in/new/", "in/new"):
            assert files.create_folder(asked({name: text})) == CreateFolder(HERE, "in/new/", 7)


@pytest.mark.parametrize("name", ["sourcePath", "destinationPath"])
@pytest.mark.parametrize("decode", [moves.move_file, moves.copy_file])
def test_a_preview_goes_with_its_file_alone(decode: Any, name: str):
    with pytest.raises(Invalid, match=rf"{name}.*preview of 'in/c\.txt'"):
        decode(asked(PATHS | {name: "in/c.txt.previewFile.svg"}))


def test_a_preview_is_deleted_with_its_file_and_by_archiving_alone():
    path = "a.txt.previewFile.png"
    with pytest.raises(Invalid, match=r"filePath.*preview of 'a\.txt'.*archiveFile"):
        moves.delete_file(asked(DELETED | {"filePath": path}))
    assert moves.archive_files(asked({"filePath": path})) == ArchiveFiles(HERE, path, False, 7)


def test_a_copy_goes_where_it_is_told():
    other = PATHS | {"destinationAssetId": "b", "destinationDatabaseId": "db2"}
    there = AssetRef("db2", "b")
    assert moves.copy_file(asked(other)) == CopyFile(there, FilePlace(HERE, "a.txt"), "in/b.txt", 7)
    other |= {"destinationDatabaseId": None}
    assert moves.copy_file(asked(other)).asset == AssetRef("db1", "b")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"primaryType": ""}, ""),
        ({"primaryType": "primary"}, "primary"),
        ({"primaryType": "lod5", "primaryTypeOther": "left out"}, "lod5"),
        ({"primaryType": "other", "primaryTypeOther": "for print"}, "for print"),
    ],
)
def test_what_a_file_is_to_its_asset(body: Any, kind: str):
    asked_for = files.set_primary_file(asked({"filePath": "/a.txt"} | body))
    assert asked_for == SetPrimaryFile(HERE, "a.txt", kind, 7)


@pytest.mark.parametrize("text", ["", "/"])
def test_the_folder_of_the_asset_itself_has_a_name(text: str):
    assert files.get_file(asked(None, {"filePath": text})) == GetFile(HERE, "", None)


@pytest.mark.parametrize(
    ("decode", "body", "field"),
    [
        *(
            (decode, PATHS | {name: wrong}, name)
            for decode in (moves.move_file, moves.copy_file)
            for name in PATHS
            for wrong in ("", "/", "in/", "../a", "c:/a", "x" * 1_100, 7, None)
        ),
        (moves.copy_file, PATHS | {"destinationAssetId": "a/b"}, "destinationAssetId"),
        (moves.copy_file, PATHS | {"destinationAssetId": 1}, "destinationAssetId"),
        (moves.copy_file, PATHS | {"destinationDatabaseId": "global"}, "destinationDatabaseId"),
        (moves.move_file, {"sourcePath": "a"}, "destinationPath"),
        (moves.move_file, None, "body"),
        (moves.delete_file, {"filePath": "a"}, "confirmPermanentDelete"),
        *(
            (moves.delete_file, DELETED | {"confirmPermanentDelete": wrong}, "confirmPermanentDelete")
            for wrong in (False, "true", 1, None)
        ),
        (moves.delete_file, DELETED | {"filePath": ""}, "filePath"),
        (moves.delete_file, DELETED | {"isPrefix": "yes"}, "isPrefix"),
        *((files.create_folder, {"relativeKey": wrong}, "relativeKey") for wrong in ("", "/", "../x/", 7)),
        (files.create_folder, {}, "relativeKey"),
        *(
            (files.set_primary_file, LOD | {"primaryType": wrong}, "primaryType")
            for wrong in ("lod6", 1, None)
        ),
        *((files.set_primary_file, LOD | {"filePath": wrong}, "filePath") for wrong in ("", "in/", "../a")),
        *(
            (files.set_primary_file, LOD | {"primaryType": "other"} | more, "primaryTypeOther")
            for more in ({}, *({"primaryTypeOther": wrong} for wrong in ("", " a", "a\n", "x" * 31, 7)))
        ),
        (files.create_folder, {"relativeKey": "a/", "folderPath": "b/"}, "relativeKey"),
    ],
)
def test_what_is_wrong_is_named(decode: Any, body: Any, field: str):
    with pytest.raises(Invalid) as told:
        decode(asked(body))
    assert told.value.message.startswith(f"{field}: ")
