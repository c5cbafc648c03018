"""What an operation needs of the pages that were deployed with it."""

from typing import Protocol


class Pages(Protocol):
    def read(self, path: str) -> str | None:
        """None where there is no such page."""
