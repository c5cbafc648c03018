"""Which names are acceptable: databases, assets, aliases, paths (`docs/api/index.md`, Names).

No name that stands in a URL's path holds a `?`: API Gateway may cut the decoded path there, and what is left
could name something else.
"""

import re
from collections.abc import Iterator

from assetversions.domain.errors import Invalid
from assetversions.domain.model import AssetRef

MAX_PATH_BYTES = 1024
# The keys of tables and buckets have 1,024 bytes, and hold more than a name.
MAX_NAME_BYTES = 900
# What a list goes on behind is a name, or two, and becomes a key as well.
MAX_PLACE_BYTES = 1_000
RESERVED_ALIASES = frozenset({"current", "working", "latest"})

_DATABASE_ID = re.compile(r"[-_a-zA-Z0-9]{3,63}")
_EXTENSION = re.compile(r"\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_FORBIDDEN_IN_ASSET_ID = frozenset('<>:"/\\|?*')
_NOT_IN_A_SEGMENT = frozenset("/\\?")
# A root, a drive or a scheme.
_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]*://")


def database_id(value: str, field: str = "databaseId") -> str:
    """`^[-_a-zA-Z0-9]{3,63}$`, and not the reserved name `global`."""
    if not _DATABASE_ID.fullmatch(value) or value.lower() == "global":
        raise Invalid(field, "must be 3 to 63 letters, digits, '-' or '_', and not 'global'.")
    return value


def asset_id(value: str, field: str = "assetId") -> str:
    """1 to 256 characters, none of `<>:"/\\|?*`, no control character, no dot or space at either end."""
    if not 1 <= len(value) <= 256:
        raise Invalid(field, "must have 1 to 256 characters.")
    if _FORBIDDEN_IN_ASSET_ID & set(value) or not value.isprintable():
        raise Invalid(field, 'must not contain <>:"/\\|?* or control characters.')
    _check_bytes(value, field)
    if value[0] in ". " or value[-1] in ". ":
        raise Invalid(field, "must not begin or end with a dot or a space.")
    return value


def alias(value: str, field: str) -> str:
    """A name for one version: 1 to 64 characters that cannot be taken for a keyword.

    One with slashes, or of digits alone, no path leads to.
    """
    if not 1 <= len(value) <= 64:
        raise Invalid(field, "must have 1 to 64 characters.")
    if not value.isprintable() or {"\\", "?"} & set(value):
        raise Invalid(field, "must not contain '?', backslashes or control characters.")
    if value != value.strip():
        raise Invalid(field, "must not begin or end with a space.")
    if value in {".", ".."} or value.lower() in RESERVED_ALIASES:
        raise Invalid(field, f"'{value}' is reserved; choose another one.")
    return value


def _check_segment(value: str, field: str) -> None:
    """Whether a name can stand in a URL's path."""
    if not value.isprintable() or _NOT_IN_A_SEGMENT & set(value) or value != value.strip():
        raise Invalid(
            field, "must not contain slashes, '?' or control characters, nor begin or end with a space."
        )


def revision(value: str, field: str) -> str:
    """A display label: 1 to 32 printable characters, without a space at either end."""
    if not 1 <= len(value) <= 32 or not value.isprintable() or value != value.strip():
        raise Invalid(field, "must have 1 to 32 printable characters, and no space at either end.")
    return value


def label(value: str, field: str) -> str:
    """A word of the users' own: printable, without a space at either end."""
    if not value or not value.isprintable() or value != value.strip():
        raise Invalid(field, "must be printable, not empty, and have no space at either end.")
    return value


def extensions(value: str, field: str) -> tuple[str, ...]:
    """What is between commas, in lower case and with its dot; nothing for nothing."""
    found = [text.strip().lower() for text in value.split(",") if text.strip()]
    for text in found:
        if not _EXTENSION.fullmatch(text):
            raise Invalid(field, f"'{text}' is not a file extension; name such as '.glb'.")
    return tuple(dict.fromkeys(f".{text.removeprefix('.')}" for text in found))


def path(value: str, field: str) -> str:
    """Normalise a file's path inside its asset; one leading slash is the other accepted spelling.

    Everything that is empty, absolute, climbs out of the asset or exceeds 1,024 UTF-8 bytes is refused.
    """
    relative = value.removeprefix("/")
    if not relative:
        raise Invalid(field, "must not be empty.")
    if _ABSOLUTE.match(relative):
        raise Invalid(field, "must be relative to the asset, not absolute.")
    if not is_contained(relative) or "//" in relative:
        raise Invalid(field, "must not contain empty, '.' or '..' segments.")
    if any(ord(character) < 0x20 or ord(character) == 0x7F for character in relative):
        raise Invalid(field, "must not contain control characters.")
    if len(relative.encode()) > MAX_PATH_BYTES:
        raise Invalid(field, f"must not exceed {MAX_PATH_BYTES} bytes.")
    return relative


def path_in(ref: AssetRef, value: str, field: str) -> str:
    """A file's path in this asset: as `path`, and not too long for a key of the bucket either."""
    relative, room = path(value, field), room_in(ref)
    if len(relative.encode()) > room:
        raise Invalid(field, f"must not exceed {room} bytes in this asset.")
    return relative


def file_in(ref: AssetRef, value: str, field: str) -> str:
    """As `path_in`, and no folder's."""
    if value.endswith("/"):
        raise Invalid(field, "must name a file, not a folder.")
    return path_in(ref, value, field)


def room_in(ref: AssetRef) -> int:
    """The bytes that a path in this asset may have: a key of the bucket has 1,024."""
    return MAX_PATH_BYTES - len(f"{ref.database_id}/{ref.asset_id}/".encode())


def is_contained(relative: str) -> bool:
    """Whether a path stays inside its asset when a client writes it to a disk."""
    segments = relative.replace("\\", "/").split("/")
    return not _ABSOLUTE.match(relative) and not any(part in {".", ".."} for part in segments)


def folders(path: str) -> Iterator[str]:
    """The folders that a path lies in, each with its slash."""
    return (path[: at + 1] for at, character in enumerate(path) if character == "/")


def as_folder(path: str) -> str:
    """A folder's path with its slash, whether the caller wrote that or not."""
    return f"{path.rstrip('/')}/"


def policy_name(value: str, field: str) -> str:
    """A rule's or user's name: 1 to 256 printable characters, no slash, no `?`, no space at either end."""
    if not 1 <= len(value) <= 256:
        raise Invalid(field, "must have 1 to 256 characters.")
    _check_segment(value, field)
    _check_bytes(value, field)
    return value


def role_name(value: str, field: str) -> str:
    """Without spaces, too: a token lists its roles with spaces between them."""
    if " " in policy_name(value, field):
        raise Invalid(field, "must not contain a space.")
    return value


def _check_bytes(value: str, field: str) -> None:
    if len(value.encode()) > MAX_NAME_BYTES:
        raise Invalid(field, f"must not exceed {MAX_NAME_BYTES} bytes.")
