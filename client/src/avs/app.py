"""The command line: what `avs` runs."""

from typing import Annotated

import typer
from assetversions_client import __version__

app = typer.Typer(name="avs", no_args_is_help=True, add_completion=False)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"avs {__version__}")
        raise typer.Exit


@app.callback()
def avs(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which avs this is.")
    ] = False,
) -> None:
    """Versions of digital assets: push a folder, look back, compare, revert."""


def main() -> None:
    """Run what the words behind `avs` say."""
    app()
