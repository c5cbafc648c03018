"""Every parameter and link that Vault documents for what is served here, and what is done about it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from assetversions.dialects.autodesk_vault.routes import VAULTS

from tests.support.vault_api import VAULT, VERSIONS, Vault

Body = dict[str, Any]
ITEM = f"{VAULT}/items/55"
ITEMS = f"{VAULT}/items"
ITEM_VERSIONS = f"{VAULT}/item-versions"
DEFINITIONS = f"{VAULT}/property-definitions"
REFUSED = "refused with 400"


def version_address(vault: Vault) -> str:
    address: str = vault.get(VERSIONS)["results"][0]["url"]
    return address


def definition_address(vault: Vault) -> str:
    address: str = vault.get(DEFINITIONS)["results"][0]["url"]
    return address


def files_address(vault: Vault) -> str:
    return f"{version_address(vault)}/associated-files"


def file_version_address(vault: Vault) -> str:
    """That of `a.txt`; it has a preview, which is not listed."""
    address: str = vault.get(files_address(vault))["results"][0]["file"]["url"]
    return address


def file_address(vault: Vault) -> str:
    address: str = vault.get(file_version_address(vault))["file"]["url"]
    return address


# The routes by their names here, with an address that answers.
ROUTES: dict[str, Callable[[Vault], str]] = {
    "vaults": lambda _: VAULTS,
    "vault": lambda _: VAULT,
    "history": lambda _: VERSIONS,
    "item": lambda _: ITEM,
    "version": version_address,
    "definitions": lambda _: DEFINITIONS,
    "definition": definition_address,
    "items": lambda _: ITEMS,
    "versions": lambda _: ITEM_VERSIONS,
    "files": files_address,
    "thumbnail": lambda vault: f"{version_address(vault)}/thumbnail",
    "file": file_address,
    "file version": file_version_address,
    "versions of file": lambda vault: f"{file_version_address(vault)}/item-versions",
    "signed url": lambda vault: f"{file_version_address(vault)}/signedurl",
    "content": lambda vault: f"{file_version_address(vault)}/content",
    "file thumbnail": lambda vault: f"{file_version_address(vault)}/thumbnail",
}
# With other methods, below the address of another one.
OTHER_METHODS = {"content": "HEAD"}


class Parameter(NamedTuple):
    """`seen` holds of the reply to this value, and not of the one without it; REFUSED names the parameter.

    None is for what a value asks for that is there anyway: the reply stays the same.
    """

    route: str
    name: str
    value: str
    seen: Callable[[Body], bool] | str | None


def _versions(*numbers: int) -> Callable[[Body], bool]:
    return lambda body: [one["version"] for one in body["results"]] == list(numbers)


def _names(*names: str) -> Callable[[Body], bool]:
    return lambda body: [one["systemName"] for one in body["results"]] == list(names)


def _first_page(body: Body) -> bool:
    return len(body["results"]) == 1 and "nextUrl" in body["pagination"]


def _numbers(*numbers: str) -> Callable[[Body], bool]:
    return lambda body: [one["number"] for one in body["results"]] == list(numbers)


def _has(text: str) -> Callable[[Any], bool]:
    return lambda body: text in str(body)


# The world: versions 1 (released), 2 and 3 of revision A, 4 of B; each with `Floor` (a number) and `sold`.
# Beside this item, `Assembly1` (55), are `bolt` (20), with a version, and `Nut` (7), which has none.
# Each has `a.txt`, `a.txt.previewFile.png`, `b/b.html` and `c.txt`; of the first `Weight` (a number) is said.
PARAMETERS = [
    Parameter("vaults", "limit", "1", _first_page),
    Parameter("vaults", "limit", "0", REFUSED),
    Parameter("vaults", "cursorState", "", None),
    Parameter("vaults", "cursorState", "nonsense", REFUSED),
    Parameter("history", "option[history]", "All", None),
    Parameter("history", "option[history]", "ReleasedOnly", _versions(1)),
    Parameter("history", "option[history]", "RevisionTip", _versions(3, 4)),
    Parameter("history", "option[history]", "ReleasedAndRevisionTip", _versions(1, 3, 4)),
    Parameter("history", "option[history]", "Some", REFUSED),
    Parameter("history", "option[extendedModels]", "false", None),
    Parameter("history", "option[extendedModels]", "true", lambda body: "fileCount" in body["results"][0]),
    Parameter("history", "option[extendedModels]", "maybe", REFUSED),
    Parameter("history", "option[propDefIds]", "", None),
    Parameter("history", "option[propDefIds]", "all", lambda body: "included" in body),
    Parameter("history", "option[propDefIds]", "x", REFUSED),
    Parameter("history", "descending", "false", None),
    Parameter("history", "descending", "true", _versions(4, 3, 2, 1)),
    Parameter("history", "descending", "newest", REFUSED),
    Parameter("history", "limit", "1", _first_page),
    Parameter("history", "limit", "0", REFUSED),
    Parameter("history", "limit", "1001", REFUSED),
    Parameter("history", "cursorState", "", None),
    Parameter("history", "cursorState", "nonsense", REFUSED),
    Parameter("item", "option[releasedOnly]", "false", None),
    Parameter("item", "option[releasedOnly]", "true", lambda body: body["versionType"] == "LatestReleased"),
    Parameter("item", "option[releasedOnly]", "maybe", REFUSED),
    Parameter("item", "option[extendedModels]", "true", lambda body: "fileCount" in body["itemVersion"]),
    Parameter("item", "option[propDefIds]", "all", None),
    Parameter("item", "option[propDefIds]", "", lambda body: "properties" not in body["itemVersion"]),
    Parameter("version", "option[extendedModels]", "false", None),
    Parameter("version", "option[extendedModels]", "true", lambda body: "fileCount" in body),
    Parameter("version", "option[propDefIds]", "all", None),
    Parameter("version", "option[propDefIds]", "5", lambda body: body["properties"] == []),
    Parameter("definitions", "filter[entityClassId]", "", None),
    Parameter("definitions", "filter[entityClassId]", "ITEM", None),
    Parameter("definitions", "filter[entityClassId]", "FILE", _names()),
    Parameter("definitions", "filter[entityClassId]", "FLDR", _names()),
    Parameter("definitions", "filter[entityClassId]", "CO", _names()),
    Parameter("definitions", "filter[entityClassId]", "PART", REFUSED),
    Parameter("definitions", "filter[systemNames]", "", None),
    Parameter("definitions", "filter[systemNames]", "sold", _names("sold")),
    Parameter("definitions", "filter[propDefIds]", "", None),
    Parameter("definitions", "filter[propDefIds]", "5", _names()),
    Parameter("definitions", "filter[propDefIds]", "9" * 5_000, _names()),
    Parameter("definitions", "filter[propDefIds]", "x", REFUSED),
    Parameter(
        "definitions", "option[extendedModels]", "true", lambda body: "listValues" in body["results"][0]
    ),
    Parameter("definitions", "option[includeBOMAssociationProperty]", "false", None),
    Parameter("definitions", "option[includeBOMAssociationProperty]", "true", None),
    Parameter("definitions", "option[includeBOMAssociationProperty]", "maybe", REFUSED),
    Parameter("definitions", "limit", "1", _first_page),
    Parameter("definitions", "limit", "1001", REFUSED),
    Parameter("definitions", "cursorState", "nonsense", REFUSED),
    Parameter("definition", "option[extendedModels]", "true", lambda body: "listValues" in body),
    Parameter("items", "option[extendedModels]", "true", _has("'fileCount'")),
    Parameter("items", "option[extendedModels]", "false", None),
    Parameter("items", "option[propDefIds]", "all", _has("'systemName': 'Floor'")),
    Parameter("items", "option[propDefIds]", "", None),
    Parameter("items", "limit", "1", _first_page),
    Parameter("items", "limit", "1001", REFUSED),
    Parameter("items", "cursorState", "nonsense", REFUSED),
    Parameter("items", "q", "bolt", REFUSED),
    Parameter("versions", "q", "", None),
    Parameter("versions", "q", "OLT", _numbers("bolt")),
    Parameter("versions", "q", "nothing", _numbers()),
    Parameter("versions", "option[propDefIds]", "all", _has("'systemName': 'Floor'")),
    Parameter("versions", "option[propDefIds]", "x", REFUSED),
    Parameter("versions", "option[extendedModels]", "true", _has("'fileCount'")),
    Parameter("versions", "option[releasedItemsOnly]", "false", None),
    Parameter("versions", "option[releasedItemsOnly]", "true", _versions(1)),
    Parameter("versions", "option[releasedItemsOnly]", "maybe", REFUSED),
    Parameter("versions", "option[latestOnly]", "true", None),
    Parameter("versions", "option[latestOnly]", "false", _versions(1, 2, 3, 4, 1)),
    Parameter("versions", "option[latestOnly]", "maybe", REFUSED),
    Parameter("versions", "sort", "ItemNumber", None),
    Parameter("versions", "sort", "ItemNumber asc", None),
    Parameter("versions", "sort", "Name asc,ItemNumber desc", None),
    Parameter("versions", "sort", "Title desc", _numbers("bolt", "Assembly1")),
    Parameter("versions", "sort", "Id", _numbers("bolt", "Assembly1")),
    Parameter("versions", "sort", "Id desc", REFUSED),
    Parameter("versions", "sort", "Name,Id", REFUSED),
    Parameter("versions", "sort", "Revision desc,Name asc", REFUSED),
    Parameter("versions", "sort", "ItemNumber up", REFUSED),
    Parameter("versions", "sort", ",", REFUSED),
    Parameter("versions", "limit", "1", _first_page),
    Parameter("versions", "limit", "1001", REFUSED),
    Parameter("versions", "cursorState", "", None),
    Parameter("versions", "cursorState", "nonsense", REFUSED),
    Parameter("files", "option[extendedModels]", "false", None),
    Parameter("files", "option[extendedModels]", "true", _has("'path': 'b/b.html'")),
    Parameter("files", "option[extendedModels]", "maybe", REFUSED),
    Parameter("files", "option[propDefIds]", "", None),
    Parameter("files", "option[propDefIds]", "all", _has("'systemName': 'Weight'")),
    Parameter("files", "option[propDefIds]", "5", _has("'included': {'propertyDefinition': {}}")),
    Parameter("files", "option[propDefIds]", "x", REFUSED),
    Parameter("files", "limit", "1", _first_page),
    Parameter("files", "limit", "1001", REFUSED),
    Parameter("files", "cursorState", "nonsense", REFUSED),
    Parameter("file", "option[releasedOnly]", "false", None),
    Parameter("file", "option[releasedOnly]", "true", _has("'versionType': 'LatestReleased'")),
    Parameter("file", "option[releasedOnly]", "maybe", REFUSED),
    Parameter("file version", "option[propDefIds]", "all", None),
    Parameter("file version", "option[propDefIds]", "5", lambda body: body["properties"] == []),
    Parameter("file version", "option[extendedModels]", "true", None),
    Parameter("versions of file", "option[releasedOnly]", "false", None),
    Parameter("versions of file", "option[releasedOnly]", "maybe", REFUSED),
    Parameter("versions of file", "option[propDefIds]", "all", _has("'systemName': 'Floor'")),
    Parameter("versions of file", "option[extendedModels]", "true", _has("'fileCount'")),
    Parameter("versions of file", "limit", "1", lambda body: body["pagination"]["limit"] == 1),
    Parameter("versions of file", "limit", "0", REFUSED),
    Parameter("versions of file", "cursorState", "", None),
    Parameter("versions of file", "cursorState", "nonsense", REFUSED),
    Parameter("signed url", "expirationTime", "180", None),
    Parameter("signed url", "expirationTime", "60", _has("seconds=60")),
    Parameter("signed url", "expirationTime", "181", REFUSED),
    Parameter("signed url", "expirationTime", "0", REFUSED),
    *(
        Parameter(route, name, value, seen)
        for route in ("signed url", "content")
        for name, value, seen in (
            ("contentDisposition", "", None),
            ("contentDisposition", "attachment", None),
            ("contentDisposition", "form-data", REFUSED),
            ("wmSrcItemVerId", "", None),
            ("wmSrcItemVerId", "5", REFUSED),
            ("wmSrcFileVerId", "5", REFUSED),
        )
    ),
    Parameter(
        "signed url", "contentDisposition", "inline", _has("disposition=inline&media_type=text%2Fplain")
    ),
    Parameter("content", "allowSync", "true", None),
    Parameter("content", "allowSync", "false", None),
    Parameter("content", "allowSync", "maybe", REFUSED),
    # The vendor documents no tolerance for a parameter that the operation has not.
    *(Parameter(route, "sort", "ItemNumber", REFUSED) for route in ROUTES if route != "versions"),
    *(Parameter(route, "option[latestOnly]", "true", REFUSED) for route in ROUTES if route != "versions"),
]
# Where links stand in a reply; `nextUrl` is followed by the laws of paging.
LINKS = [
    ("vaults", "results.0.url"),
    ("vault", "url"),
    ("history", "results.0.url"),
    ("history", "results.0.item.url"),
    ("item", "url"),
    ("item", "itemVersion.url"),
    ("item", "itemVersion.item.url"),
    ("item", "itemVersion.properties.0.definition.url"),
    ("version", "url"),
    ("version", "item.url"),
    ("version", "properties.0.definition.url"),
    ("definitions", "results.0.url"),
    ("definition", "url"),
    ("items", "results.0.url"),
    ("items", "results.0.itemVersion.url"),
    ("items", "results.0.itemVersion.item.url"),
    ("versions", "results.0.url"),
    ("versions", "results.0.item.url"),
    ("files", "results.0.file.url"),
    ("files", "results.0.file.file.url"),
    ("file", "url"),
    ("file", "fileVersion.url"),
    ("file", "fileVersion.file.url"),
    ("versions of file", "results.0.url"),
    ("versions of file", "results.0.item.url"),
    ("file version", "url"),
    ("file version", "file.url"),
]
# What leads out of the API, to the bytes.
OUTSIDE = {("signed url", "url")}
