"""Words of the command line as the API takes them."""

from typing import TYPE_CHECKING, Annotated

import typer

from avs.names import CURRENT, LATEST, Named
from avs.problems import Exit, Problem

if TYPE_CHECKING:
    from assetversions_client import AssetRef, Client

AssetName = Annotated[
    str, typer.Argument(metavar="DB/ASSET", help="Such as cars/engine.", show_default=False)
]
VersionName = Annotated[
    str,
    typer.Argument(
        metavar="DB/ASSET@VERSION", help="A number, an alias, current or latest.", show_default=False
    ),
]
MaybeVersion = Annotated[
    str,
    typer.Argument(
        metavar="DB/ASSET[@VERSION]", help="A number, an alias, current or latest.", show_default=False
    ),
]


def ref(named: Named) -> "AssetRef":
    from assetversions_client import AssetRef

    return AssetRef(named.database, named.asset)


def version(client: "Client", named: Named, otherwise: str = CURRENT) -> str:
    """How the API names it; an alias with a slash stands in no path, so its version is looked for."""
    wanted = named.version or otherwise
    if "/" not in wanted:
        return wanted
    for found in client.versions.all(ref(named), archived=True):
        if wanted in found.version_aliases:
            return found.number
    raise Problem(
        Exit.NOT_FOUND,
        f"No version of {named.database}/{named.asset} is called '{wanted}'.",
        f"See: avs log {named.database}/{named.asset}",
    )


__all__ = ["CURRENT", "LATEST", "AssetName", "MaybeVersion", "VersionName", "ref", "version"]
