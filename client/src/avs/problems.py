"""What goes wrong, by kind: each kind has an exit code of its own, and each problem says what to do next."""

from enum import IntEnum


class Exit(IntEnum):
    """How `avs` ends; docs/command_line.md tells scripts."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    NOT_SIGNED_IN = 3
    NOT_ALLOWED = 4
    NOT_FOUND = 5
    CONFLICT = 6
    UNREACHABLE = 7
    DAMAGED = 8
    THIS_MACHINE = 9
    INCOMPLETE = 10
    INTERRUPTED = 130


class Problem(Exception):
    """`message` is one sentence, `next_step` what helps, or "" where the message says it."""

    def __init__(self, kind: Exit, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.next_step = next_step

    def line(self) -> str:
        """All of it in one line, whatever was in a server's words."""
        message = self.message if self.message.endswith((".", "?", "!")) else f"{self.message}."
        return " ".join(f"{message} {self.next_step}".split())


def usage(message: str, next_step: str = "") -> Problem:
    return Problem(Exit.USAGE, message, next_step)


def not_signed_in(message: str, profile: str, *, new: bool = False) -> Problem:
    """The address of a `new` profile is not known yet."""
    again = "avs login URL" if new else "avs login"
    named = f" --profile {profile}" if profile != "default" else ""
    return Problem(Exit.NOT_SIGNED_IN, message, f"Sign in: {again}{named}")
