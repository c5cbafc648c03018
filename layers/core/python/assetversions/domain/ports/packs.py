"""Packs on their way, beside the manifests."""

from collections.abc import Sequence
from typing import Protocol

from assetversions.domain.packs import Pack, SentPack, StoredPack


class Packs(Protocol):
    """They go by themselves, some days later."""

    def links(self, upload_id: str, packs: Sequence[Pack]) -> list[str]:
        """Where each is sent to, of just its size."""

    def stored(self, upload_id: str, packs: Sequence[Pack]) -> list[StoredPack | None]:
        """What has arrived of each."""

    def read(self, upload_id: str, pack: SentPack) -> bytes | None:
        """The bytes of one, None where it is not the one that was sent."""
