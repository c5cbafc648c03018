"""`avs` as somebody calls it: the words behind it, and what it prints."""

import json
from dataclasses import dataclass
from typing import Any

from avs.app import build
from typer.testing import CliRunner

APP = build()


@dataclass(frozen=True)
class Said:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def avs(*words: str, typed: str | None = None) -> Said:
    done = CliRunner().invoke(APP, list(words), input=typed, catch_exceptions=False)
    return Said(done.exit_code, done.stdout, done.stderr)


def told(*words: str, typed: str | None = None) -> Said:
    """The same of a command that has to succeed."""
    said = avs(*words, typed=typed)
    assert said.code == 0, said
    return said
