"""`avs completion`: what a shell needs to complete the words of avs."""

import os
from enum import StrEnum
from typing import Annotated

import typer

from avs.frame import command
from avs.output import Answer
from avs.session import Session

VARIABLE = "_AVS_COMPLETE"


class Shell(StrEnum):
    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


Which = Annotated[Shell, typer.Argument(metavar="SHELL", help="Whose completion.", show_default=False)]


def add(app: typer.Typer) -> None:
    command(app, "completion")(completion)


def completion(_session: Session, shell: Which) -> Answer:
    """Print the completion for a shell."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    script = get_completion_script(prog_name="avs", complete_var=VARIABLE, shell=shell.value)
    return Answer({"shell": shell.value, "script": script}, before=script.splitlines())


def prepare() -> None:
    """Where a shell asks, and no person."""
    if VARIABLE in os.environ:
        from typer.completion import completion_init  # type: ignore[attr-defined]

        completion_init()
