"""The `Zips` port in memory."""

from collections.abc import Callable, Sequence
from datetime import datetime

from assetversions.domain.ports.zips import Made

from tests.support.faults import Faults

SMALLEST_PART = 5 * 1024**2


class FakeZips:
    """`bodies` are the archives by their keys; `sent` lists the sizes of all parts, in order.

    As S3 it takes no `smallest` part but the last.
    """

    def __init__(self, faults: Faults, now: Callable[[], datetime]) -> None:
        self._faults = faults
        self._now = now
        self._uploads: dict[str, dict[int, bytes]] = {}
        self._made: dict[str, Made] = {}
        self.bodies: dict[str, bytes] = {}
        self.sent: list[int] = []
        self.smallest = SMALLEST_PART

    def find(self, key: str) -> Made | None:
        self._faults.step()
        return self._made.get(key)

    def begin(self, key: str) -> str:
        self._faults.step()
        upload = f"{key} {len(self._uploads)}"
        self._uploads[upload] = {}
        return upload

    def send(self, key: str, upload: str, number: int, data: bytes) -> str:
        self._faults.step()
        self._uploads[upload][number] = data
        self.sent.append(len(data))
        return f'"{hash(data)}"'

    def complete(self, key: str, upload: str, etags: Sequence[str]) -> Made:
        self._faults.step()
        parts = self._uploads.pop(upload)
        numbered = [parts[number] for number in range(1, len(etags) + 1)]
        assert [f'"{hash(data)}"' for data in numbered] == list(etags)
        assert all(len(data) >= self.smallest for data in numbered[:-1])
        self.bodies[key] = b"".join(numbered)
        self._made[key] = Made(len(self.bodies[key]), self._now())
        return self._made[key]

    def link(self, key: str, name: str, seconds: int) -> str:
        return f"https://zips/{key}?name={name}"

    def expire(self) -> None:
        """Not of the port: the rule of the bucket's has deleted all."""
        self._made.clear()
        self.bodies.clear()
