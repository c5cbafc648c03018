"""The command line: what `avs` runs."""

import io
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer
from assetversions_client import __version__

from avs import examples
from avs.usage import Words

# By module, in the order of the help: a start takes only that of its command.
COMMANDS = {
    "signing_in": ("login", "logout", "whoami", "profiles"),
    "creating": ("create",),
    "transfers": ("push", "pull", "status"),
    "looking": ("ls", "log", "show", "diff", "cat"),
    "restoring": ("revert", "verify"),
    "jobs": ("jobs",),
    "changing": ("publish", "archive", "unarchive", "clone", "delete", "protect", "tag"),
    "watching": ("watch",),
    "access": ("why",),
    "opening": ("open",),
    "webhooks": ("webhooks",),
    "completion": ("completion",),
}
# A shell asks for the words that may follow, and no person.
COMPLETING = "_AVS_COMPLETE"

# httpx brings a command line of its own, which imports all of rich: a third of the start of most commands.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"avs {__version__}")
        raise typer.Exit


def avs(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which avs this is.")
    ] = False,
) -> None:
    """Versions of digital assets: push a folder, look back, compare, revert.

    avs COMMAND --help shows examples of each command.
    """


def build(modules: Iterable[str] = COMMANDS) -> typer.Typer:
    """The command line with the commands of these modules."""
    app = typer.Typer(
        name="avs",
        cls=Words,
        no_args_is_help=True,
        add_completion=False,
        # Plain words: the same on a terminal, in a file and on a page.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(epilog=examples.below(""))(avs)
    for module in modules:
        import_module(f"avs.commands.{module}").add(app)
    return app


def main() -> None:
    """Run what the words behind `avs` say."""
    for stream in (sys.stdout, sys.stderr):
        # A letter that this terminal can't spell, or a name that is not UTF-8, is shown by its number.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if COMPLETING in os.environ:
        from typer.completion import completion_init  # type: ignore[attr-defined]

        completion_init()
        build()()
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    build([module for module, commands in COMMANDS.items() if word in commands] or COMMANDS)()
