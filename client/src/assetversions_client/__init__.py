"""A typed client of Asset Versions, over its VAMS API.

    from assetversions_client import AssetRef, Client

    with Client("https://…", token=lambda fresh=False: "…") as client:
        client.push(Path("lamp"), AssetRef("workshop", "lamp"), comment="As built")

What fails raises a `ClientError`: see `assetversions_client.errors`.
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
