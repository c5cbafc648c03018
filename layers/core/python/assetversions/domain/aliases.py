"""A version's aliases: where an API shows just one, it is the first."""

from assetversions.domain.fields import VersionFields

MOST = 20
# Of so many versions aliases may be taken at once: a transaction has at most 100 items.
MOST_PARTING = 10


def as_fields(names: tuple[str, ...]) -> VersionFields:
    """As a version keeps them."""
    return {"alias": names[0] if names else None, "other_aliases": names[1:]}
