"""The command line: what `avs` runs."""

import io
import sys
from typing import Annotated

import typer
from assetversions_client import __version__

from avs import examples
from avs.commands import (
    access,
    changing,
    completion,
    creating,
    jobs,
    looking,
    opening,
    restoring,
    signing_in,
    transfers,
    watching,
    webhooks,
)

# httpx brings a command line of its own, which imports all of rich: a third of the start of most commands.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

app = typer.Typer(
    name="avs",
    no_args_is_help=True,
    add_completion=False,
    # Plain words: the same on a terminal, in a file and on a page.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"avs {__version__}")
        raise typer.Exit


@app.callback(epilog=examples.below(""))
def avs(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which avs this is.")
    ] = False,
) -> None:
    """Versions of digital assets: push a folder, look back, compare, revert.

    avs COMMAND --help shows examples of each command.
    """


for _module in (
    signing_in,
    creating,
    transfers,
    looking,
    restoring,
    jobs,
    changing,
    watching,
    access,
    opening,
    webhooks,
    completion,
):
    _module.add(app)


def main() -> None:
    """Run what the words behind `avs` say."""
    for stream in (sys.stdout, sys.stderr):
        # A letter that this terminal can't spell, or a name that is not UTF-8, is shown by its number.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    completion.prepare()
    app()
