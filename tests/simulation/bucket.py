"""A versioned bucket: what is stored under each key, in S3's order."""

import hashlib
import re
from bisect import bisect_right, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

VERSION_ID = re.compile(r"null|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
STANDARD = "STANDARD"


@dataclass(frozen=True)
class Stored:
    """An object version; `body` None is a delete marker, `order` and `begun` are of its upload's start."""

    version_id: str
    order: int
    begun: datetime
    body: bytes | None
    etag: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    storage_class: str = STANDARD

    @property
    def modified(self) -> datetime:
        """In whole seconds, as S3 tells it."""
        return self.begun.replace(microsecond=0)


@dataclass
class Upload:
    """An upload in parts that is not completed."""

    key: str
    order: int
    begun: datetime
    facts: dict[str, Any]
    parts: dict[int, bytes] = field(default_factory=dict)


# Hears of a key, and of all that is there now, oldest first.
Changed = Callable[[str, list[Stored]], None]


def md5(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


class Bucket:
    """`changed` hears of every change."""

    def __init__(self, versioned: bool, now: Callable[[], datetime], changed: Changed | None = None) -> None:
        self.versioned = versioned
        self.uploads: dict[str, Upload] = {}
        self._now = now
        self._changed = changed
        self._ids, self._orders = count(1), count(1)
        self._keys: dict[str, list[Stored]] = {}
        self._sorted: list[str] = []
        # The place of every version that ever was, for those who list on behind one that is gone.
        self._places: dict[str, int] = {}

    def keys(self, prefix: str, after: str) -> Iterator[str]:
        """Those behind `after`, in order."""
        start = bisect_right(self._sorted, max(prefix[:-1], after) if prefix else after)
        for key in self._sorted[start:]:
            if key.startswith(prefix):
                yield key
            elif key > prefix:
                return

    def history(self, key: str) -> list[Stored]:
        """Oldest first."""
        return self._keys.get(key, [])

    def newest(self, key: str) -> Stored | None:
        """None also for a delete marker."""
        history = self._keys.get(key)
        return history[-1] if history and history[-1].body is not None else None

    def find(self, key: str, version_id: str) -> Stored | None:
        return next((one for one in self.history(key) if one.version_id == version_id), None)

    def place(self, version_id: str) -> int:
        return self._places[version_id]

    def begin(self, key: str, facts: dict[str, Any]) -> str:
        upload_id = f"upload-{next(self._ids)}"
        self.uploads[upload_id] = Upload(key, next(self._orders), self._now(), facts)
        return upload_id

    def complete(self, upload_id: str, numbers: list[int]) -> Stored:
        """It takes its place among the others by its start."""
        upload = self.uploads.pop(upload_id)
        parts = [upload.parts[number] for number in numbers]
        digests = b"".join(hashlib.md5(part, usedforsecurity=False).digest() for part in parts)
        etag = f"{md5(digests)}-{len(parts)}"
        made = Stored(self._new_id(), upload.order, upload.begun, b"".join(parts), etag, upload.facts)
        return self._add(upload.key, made)

    def put(
        self, key: str, body: bytes | None, facts: dict[str, Any], storage_class: str = STANDARD
    ) -> Stored:
        etag = "" if body is None else md5(body)
        begun = self._now()
        return self._add(
            key, Stored(self._new_id(), next(self._orders), begun, body, etag, facts, storage_class)
        )

    def purge(self, key: str, version_id: str) -> None:
        self._keys[key] = [one for one in self.history(key) if one.version_id != version_id]
        self._tell(key)

    def keep(self) -> Callable[[], None]:
        """Puts back what is here now, as often as it is called."""
        histories, order, uploads = dict(self._keys), list(self._sorted), dict(self.uploads)

        def put_back() -> None:
            self._keys, self._sorted, self.uploads = dict(histories), list(order), dict(uploads)

        return put_back

    def _new_id(self) -> str:
        return f"00000000-0000-4000-8000-{next(self._ids):012x}" if self.versioned else "null"

    def _add(self, key: str, made: Stored) -> Stored:
        if key not in self._keys:
            insort(self._sorted, key)
        history = [one for one in self.history(key) if one.version_id != "null" or made.version_id != "null"]
        history.append(made)
        history.sort(key=lambda one: one.order)
        self._keys[key] = history
        self._places[made.version_id] = made.order
        self._tell(key)
        return made

    def _tell(self, key: str) -> None:
        if self._changed is not None:
            self._changed(key, self._keys[key])
