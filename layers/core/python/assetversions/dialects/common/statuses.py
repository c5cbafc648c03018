"""HTTP statuses as the dialects answer errors with them."""

from collections.abc import Mapping

from assetversions.domain import errors

# Written out: the standard library's phrases differ between Python versions.
PHRASES = {
    307: "Temporary Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Content Too Large",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
}

# What most of them agree on; each says where it does otherwise.
USUAL: Mapping[type[errors.Error], int] = {
    errors.Invalid: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.KeyReused: 422,
    errors.Busy: 429,
}


def status_of(problem: errors.Error, statuses: Mapping[type[errors.Error], int]) -> int:
    """The status of the nearest class of `problem` that has one."""
    return next(statuses[kind] for kind in type(problem).__mro__ if kind in statuses)
