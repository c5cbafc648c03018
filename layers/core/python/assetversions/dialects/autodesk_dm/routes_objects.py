"""The routes of Autodesk's storage, where its clients fetch the bytes that Data Management tells of."""

from assetversions.dialects.common.lazy import LazyModule
from assetversions.dialects.common.route import Route

errors, replies, requests = (
    LazyModule(f"autodesk_dm.object_{name}") for name in ("errors", "replies", "requests")
)

OBJECT = "/oss/v2/buckets/{bucket_key}/objects/{object_key}"


def _route(path: str, operation: str, name: str) -> Route:
    """`name` is the decoder's and the encoder's."""
    key, decode, encode = f"GET {OBJECT}{path}", getattr(requests, name), getattr(replies, name)
    return Route(key, operation, decode, encode, errors.error, own_401=True)


ROUTES = (
    _route("/signeds3download", "download_file", "signed_download"),
    _route("/details", "stream_file", "details"),
    _route("", "stream_file", "content"),
)
