"""HTTP statuses as the dialects answer errors with them."""

from collections.abc import Mapping

from assetversions.domain.errors import Error

# Written out: the standard library's phrases differ between Python versions.
PHRASES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Content Too Large",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


def status_of(problem: Error, statuses: Mapping[type[Error], int]) -> int:
    """The status of the nearest class of `problem` that has one."""
    return next(statuses[kind] for kind in type(problem).__mro__ if kind in statuses)
