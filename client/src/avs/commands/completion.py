"""`avs completion`: what a shell needs to complete the words of avs."""

from enum import StrEnum
from typing import Annotated

import typer

from avs.app import COMPLETING
from avs.frame import command
from avs.output import Answer
from avs.session import Session


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

    script = get_completion_script(prog_name="avs", complete_var=COMPLETING, shell=shell.value)
    return Answer({"shell": shell.value, "script": script}, before=script.splitlines())
