"""What an API calls the things of the core, and what it tells to do where one is not there, or archived."""

from collections.abc import Mapping

from assetversions.domain import errors

# VAMS alone brings back what was archived; who speaks another API is told where that is.
UNARCHIVE = {
    "archived asset": "bring it back first: PUT /database/{databaseId}/assets/{assetId}/unarchiveAsset.",
    "archived version": "bring it back first: POST /database/{databaseId}/assets/{assetId}"
    "/assetversions/{assetVersionId}/unarchive.",
}

# Every API has the same rules, and this one tells of them.
ASK = "GET /auth/me?databaseId=…&assetId=… tells what you may do there, and by which rule."


def in_words(problem: errors.Error, names: Mapping[str, str], advice: Mapping[str, str]) -> str:
    """`names` by the core's kinds, `advice` by the API's own; other errors say themselves what to do."""
    if isinstance(problem, errors.Archived):
        way_out = advice.get(f"archived {problem.kind}")
        return problem.message if way_out is None else f"{problem.fact}; {way_out}"
    if isinstance(problem, errors.NoRule):
        return f"{problem.message} {ASK}"
    if not isinstance(problem, errors.NotFound | errors.Hidden):
        return problem.message
    name = names.get(problem.kind, problem.kind)
    message = problem.message.replace(problem.kind, name, 1)
    more = advice.get(name) if isinstance(problem, errors.NotFound) else None
    return f"{message} {more}" if more else message
