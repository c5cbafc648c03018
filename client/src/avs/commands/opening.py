"""`avs open`: an asset or a version of it in the web console."""

import os
from urllib.parse import quote

import typer

from avs.frame import command
from avs.meant import MaybeVersion
from avs.names import Named, parse
from avs.output import Answer
from avs.problems import Exit, Problem
from avs.session import ADDRESS, Session


def add(app: typer.Typer) -> None:
    command(app, "open")(show)


def show(session: Session, version: MaybeVersion) -> Answer:
    """Open an asset, or a version of it, in the web console."""
    import webbrowser

    from avs.signing_in import system as systems
    from avs.signing_in import web

    named, profile = parse(version), session.profile()
    where = profile.system if profile else os.environ.get(ADDRESS, "")
    console = systems.look(where).console_url
    if console is None:
        raise Problem(Exit.NOT_FOUND, f"{where} has no web console.", f"See: avs show {named}")
    address = f"{web.checked(console)}/{_page(named)}"
    webbrowser.open(address)
    return Answer({"url": address}, before=[address])


def _page(named: Named) -> str:
    steps = [named.database, named.asset, *(("v", named.version) if named.version else ())]
    return "#/" + "/".join(quote(one, safe="") for one in steps)
