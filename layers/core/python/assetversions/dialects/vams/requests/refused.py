"""What VAMS's clients may ask for that is not done here: it is refused by its name, with what to do."""

from assetversions.domain import names

ELSEWHERE = (
    "an asset's files are in a folder of its own; leave it out and upload them, or put them below "
    "'{0}/{{assetId}}/' of the bucket and send POST /database/{0}/adopt."
)
# VAMS's word for no restriction.
ALL = ".all"


def confirmed(said: bool) -> bool:
    if not said:
        raise ValueError("must be true: say it to have it done")
    return said


def schemaless(said: bool | None) -> bool | None:
    if said:
        raise ValueError("there are no schemas of metadata here; leave it out, or send false")
    return said


def file_types(text: str) -> tuple[str, ...]:
    found = names.extensions(text, "restrictFileUploadsToExtensions")
    return () if ALL in found else found
