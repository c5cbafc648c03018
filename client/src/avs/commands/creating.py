"""`avs create`: a database, or an asset in one."""

from typing import Annotated

import typer

from avs import meant
from avs.frame import command
from avs.names import check_database, parse_asset
from avs.output import Answer
from avs.session import Session

What = Annotated[
    str, typer.Argument(metavar="DB | DB/ASSET", help="Such as cars, or cars/engine.", show_default=False)
]
Name = Annotated[
    str, typer.Option("--name", metavar="TEXT", help="What the asset is called; else as its id.")
]
Description = Annotated[
    str, typer.Option("--description", metavar="TEXT", help="4 to 256 characters.", show_default=False)
]


def add(app: typer.Typer) -> None:
    command(app, "create")(create)


def create(
    session: Session, what: What, name: Name = "", description: Description = "Made with avs"
) -> Answer:
    """Make a database, or an asset in one."""
    if "/" not in what:
        database = check_database(what)
        session.client().databases.create(database, description)
        return Answer({"database": database}, before=[f"Database {database} is there."])
    ref = meant.ref(parse_asset(what))
    session.client().assets.create(ref, name or ref.asset, description)
    return Answer({"database": ref.database, "asset": ref.asset}, before=[f"Asset {ref} is there."])
