"""A typed client of Asset Versions, over its VAMS API.

    from pathlib import Path
    from assetversions_client import AssetRef, Client

    with Client("https://…", token=lambda fresh=False: "…") as client:
        lamp = AssetRef("workshop", "lamp")
        client.push(Path("lamp"), lamp, comment="As built")
        for version in client.versions.all(lamp):
            print(version.number, version.state, version.comment)

`help(Client)` shows the rest: `client.versions` and the others are classes of modules of those names, such
as `assetversions_client.versions.Versions`. The token is an access token, or, at the address for API tokens,
an API token. What fails raises a `ClientError`: see `assetversions_client.errors`.
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["AssetRef", "Client", "ClientError", "Http"]

if TYPE_CHECKING:
    from assetversions_client.client import Client
    from assetversions_client.errors import ClientError
    from assetversions_client.http import Http
    from assetversions_client.wire import AssetRef

_PLACES = {"AssetRef": "wire", "Client": "client", "ClientError": "errors", "Http": "http"}


def __getattr__(name: str) -> object:
    """Import what is asked for: a program that only wants to know the version starts at once."""
    if name not in _PLACES:
        raise AttributeError(f"module 'assetversions_client' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"assetversions_client.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    """With what is imported when it is asked for: who looks around sees it."""
    return sorted({*globals(), *_PLACES})
