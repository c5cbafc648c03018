"""Metadata over HTTP: said of databases, assets, files and links, kept, compared and brought back."""

from typing import Any

from local.system import System
from tests.system.vams_client import VamsClient, sign_in, with_asset

PATH = "with space/ünï – cødé.txt"


def entries(**values: str) -> dict[str, Any]:
    return {"metadata": [{"metadataKey": key, "metadataValue": value} for key, value in values.items()]}


def shown(vams: VamsClient, path: str | None = None, kind: str = "metadata", **query: str) -> dict[str, str]:
    action = "metadata" if path is None else "metadata/file"
    of = {} if path is None else {"filePath": path, "type": kind}
    rows = vams.on_asset("GET", action, **of, **query)["metadata"]
    return {row["metadataKey"]: row["metadataValue"] for row in rows}


def test_what_is_said_of_an_asset_and_its_files_is_kept_compared_and_brought_back(system: System) -> None:
    vams = with_asset(system)
    vams.upload({PATH: b"one", "b.txt": b"two"})
    of_file = {"filePath": f"/{PATH}", "type": "metadata"}
    attribute = of_file | {"type": "attribute"}
    vams.on_asset("POST", "metadata", entries(colour="red", maker="Mara"))
    vams.on_asset("PUT", "metadata/file", of_file | entries(scale="1:10"))
    vams.on_asset("PUT", "metadata/file", attribute | entries(unit="mm"))
    assert vams.on_asset("POST", "createVersion", {"comment": "first"})["success"]
    vams.on_asset("PUT", "metadata", entries(colour="blue") | {"updateType": "replace_all"})
    vams.on_asset("PUT", "metadata/file", of_file | entries(scale="1:20"))
    gone = vams.on_asset("DELETE", "metadata/file", attribute | {"metadataKeys": ["unit", "weight"]})
    assert (gone["successfulItems"], [row["key"] for row in gone["failedItems"]]) == (["unit"], ["weight"])

    kept = vams.on_asset("GET", "getVersion/1")["versionedMetadata"]
    assert [(row["type"], row["filePath"], row["metadataValue"]) for row in kept] == [
        ("metadata", "/", "red"),
        ("metadata", "/", "Mara"),
        ("metadata", f"/{PATH}", "1:10"),
        ("attribute", f"/{PATH}", "mm"),
    ]
    assert shown(vams, PATH, assetVersionId="1") == {"scale": "1:10"}
    assert (shown(vams), shown(vams, PATH), shown(vams, PATH, "attribute")) == (
        {"colour": "blue"},
        {"scale": "1:20"},
        {},
    )
    differs = vams.on_asset("GET", "compareVersions/1/working")["metadata"]
    assert [(row["filePath"], row["metadataKey"], row["status"]) for row in differs] == [
        ("/", "colour", "changed"),
        ("/", "maker", "removed"),
        (f"/{PATH}", "scale", "changed"),
        (f"/{PATH}", "unit", "removed"),
    ]
    vams.on_asset("POST", "revertAssetVersion/1", {"revertMetadata": True})
    assert shown(vams) == {"colour": "red", "maker": "Mara"}
    assert (shown(vams, PATH), shown(vams, PATH, "attribute")) == ({"scale": "1:10"}, {"unit": "mm"})

    missing = vams.ask("PUT", f"{vams.path}/metadata/file", of_file | {"filePath": "no.txt"} | entries(a="b"))
    assert (missing.status_code, "filePath" in missing.text) == (400, True)
    database = f"/database/{vams.database}/metadata"
    assert vams.ok("PUT", database, entries(site="Oslo"))["successCount"] == 1
    assert [row["metadataValue"] for row in vams.ok("GET", database)["metadata"]] == ["Oslo"]
    assert vams.ok("DELETE", database, {"metadataKeys": ["site"]})["success"]


def test_what_is_said_of_a_link_is_in_no_version_and_goes_with_it(system: System) -> None:
    vams = with_asset(system)
    one, other = vams.asset, vams.ok("POST", "/assets", vams.facts())["assetId"]
    ends = {"fromAssetId": one, "toAssetId": other}
    ends |= dict.fromkeys(("fromAssetDatabaseId", "toAssetDatabaseId"), vams.database)
    link = vams.ok("POST", "/asset-links", ends | {"relationshipType": "parentChild"})["assetLinkId"]
    place = f"/asset-links/{link}/metadata"
    assert vams.ok("POST", place, entries(scale="1:10", maker="Mara"))["successCount"] == 2
    vams.upload({"a.txt": b"one"})
    vams.on_asset("POST", "createVersion")
    assert vams.ok("PUT", place, entries(scale="1:20") | {"updateType": "replace_all"})["success"]
    assert vams.on_asset("GET", "getVersion/1")["versionedMetadata"] == []
    assert vams.on_asset("GET", "compareVersions/1/working")["metadata"] == []
    vams.on_asset("POST", "revertAssetVersion/1", {"revertMetadata": True})
    (row,) = vams.ok("GET", place)["metadata"]
    assert (row["assetLinkId"], row["metadataValue"]) == (link, "1:20")
    gone = vams.ok("DELETE", place, {"metadataKeys": ["scale", "weight"]})
    assert (gone["successfulItems"], [row["key"] for row in gone["failedItems"]]) == (["scale"], ["weight"])
    viewer = sign_in(system, "viewer")
    assert viewer.ok("GET", place)["metadata"] == []
    assert viewer.ask("PUT", place, entries(a="b")).status_code == 403
    wrong = vams.ask("PUT", place, {"metadata": [{"metadataKey": "a", "metadataValue": 1}]})
    assert (wrong.status_code, "metadataValue" in wrong.text) == (400, True)
    vams.ok("DELETE", f"/asset-links/{link}")
    assert vams.ask("GET", place).status_code == 404
