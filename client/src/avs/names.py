"""How assets and versions are named on the command line: `DB/ASSET[@VERSION]`."""

import re
from dataclasses import dataclass

from avs.problems import usage

CURRENT, LATEST, WORKING = "current", "latest", "working"

_DATABASE = re.compile(r"[-_a-zA-Z0-9]{3,63}")
_NOT_IN_ASSETS = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True)
class Named:
    """`version` is a number, an alias, `current`, `latest` or `working`; None where none was named."""

    database: str
    asset: str
    version: str | None = None

    def __str__(self) -> str:
        return f"{self.database}/{self.asset}" + (f"@{self.version}" if self.version else "")


def parse(text: str) -> Named:
    """An alias may have a slash in it and an asset an `@`: the first slash and the last `@` count."""
    database, slash, rest = text.partition("/")
    asset, at, version = rest.rpartition("@") if "@" in rest else (rest, "", "")
    if not slash or not asset:
        raise usage(f"'{text}' names no asset.", "Write DB/ASSET or DB/ASSET@VERSION, such as cars/engine@3.")
    check_database(database)
    if _NOT_IN_ASSETS.search(asset):
        raise usage(f"'{asset}' can't be an asset: none of <>:\"/\\|?* may be in its name.")
    if at and not version.strip():
        raise usage(f"'{text}' names no version behind the '@'.")
    return Named(database, asset, version.strip() or None)


def check_database(name: str) -> str:
    if not _DATABASE.fullmatch(name):
        raise usage(f"'{name}' can't be a database: 3 to 63 letters, digits, '-' and '_'.")
    return name


def parse_asset(text: str) -> Named:
    """Where a version makes no sense."""
    found = parse(text)
    if found.version is not None:
        raise usage(
            f"'{text}' names a version, and this is about all of the asset.",
            f"Write {found.database}/{found.asset}.",
        )
    return found


def parse_version(text: str) -> Named:
    """Where the version has to be said, because something is done to it."""
    found = parse(text)
    if found.version is None:
        raise usage(f"Which version of {text}?", f"Write {text}@3, {text}@current or {text}@ALIAS.")
    return found
