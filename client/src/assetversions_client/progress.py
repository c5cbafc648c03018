"""Who wants to see how far a transfer is."""

from typing import Protocol


class Progress(Protocol):
    """Called from many threads."""

    def begin(self, what: str, files: int, size: int) -> None:
        """A stretch of work begins: so many files and bytes."""

    def moved(self, count: int) -> None:
        """So many bytes more."""

    def done(self, files: int) -> None:
        """So many files more."""


class Quiet:
    """Nobody."""

    def begin(self, what: str, files: int, size: int) -> None:
        pass

    def moved(self, count: int) -> None:
        pass

    def done(self, files: int) -> None:
        pass
