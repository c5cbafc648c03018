"""Make the n-th step of the stores fail, as an AWS error or as the end of the process."""


class Crash(BaseException):
    """The process is gone: no `except Exception` of the product may see it."""


class Failure(Exception):
    """An AWS error that no retry cures."""


class Faults:
    """Counts the steps of all stores; every step stands for one call to AWS."""

    def __init__(self) -> None:
        self.steps = 0
        self._error: BaseException | None = None
        self._at = 0

    def arm(self, at: int, error: BaseException) -> None:
        """The `at`-th step from now on (1 is the next) raises `error`, once."""
        self._at, self._error = self.steps + at, error

    def disarm(self) -> bool:
        """Take the fault back; whether it had struck."""
        struck, self._error = self._error is None, None
        return struck

    def step(self) -> None:
        self.steps += 1
        if self._error is not None and self.steps == self._at:
            error, self._error = self._error, None
            raise error
