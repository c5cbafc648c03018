"""What the schemas of VAMS's replies have in common."""

from assetversions.dialects.common.schema import (
    COUNT,
    FLAG,
    TEXT,
    TEXTS,
    Named,
    Schema,
    array,
    like,
    maybe,
    one_of,
    shape,
    whole,
    word,
    words,
)
from assetversions.domain.jobs import JobKind
from assetversions.domain.taken import By

DATABASE = "/database/{databaseId}"
ASSET = f"{DATABASE}/assets/{{assetId}}"
VERSION = f"{ASSET}/assetversions/{{assetVersionId}}"

# Whole seconds, and where these would not tell two things apart.
TIME = like(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", "2026-11-25T18:00:00Z", format="date-time")
MOMENT = like(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", "2026-11-25T18:00:00.250Z", format="date-time")
# Version 0 is what an asset is before it has any.
VERSION_ID = like(r"^(v-[a-z2-7]{26}|0)$", "v-rl6p4wmtbjdklqaaaaaaaaaabm")
NUMBER = like(r"^(0|[1-9][0-9]{0,9})$", "3")
TRUE: Schema = {"type": "boolean", "const": True}

NEXT = {"NextToken": TEXT}


def page(row: Schema) -> Schema:
    """A list as VAMS shows it, twice."""
    inner = shape("Items", Items=array(row), **NEXT)
    return shape("message Items", message=inner, Items=array(row), **NEXT)


def said(facts: Schema, **flat: Schema) -> Schema:
    """The body that VAMS documents under `message`, and the same facts flat beside it."""
    required = ["message", *facts["required"]]
    return shape(" ".join(required), message=facts, **(facts["properties"] | flat))


MESSAGE = Named("Message", whole(message=TEXT))
SUCCESS = Named("Success", whole(message=word("success")))
REFUSAL = Named(
    "Refusal",
    shape(
        "message",
        message=TEXT,
        fileResults=array(whole(relativeKey=TEXT, success=FLAG, error=TEXT)),
        overallSuccess=FLAG,
    ),
)
# Of what a job does.
ACCEPTED = Named(
    "Accepted",
    whole(
        message=TEXT, success=TRUE, assetId=TEXT, operation=words(JobKind), operationId=TEXT, timestamp=TIME
    ),
)
LATER: dict[int, Schema | None] = {202: ACCEPTED}
AUTO_VERSION = Named("AutoVersion", shape("after", after=one_of("upload", "quiet", "never"), seconds=COUNT))
WARNINGS = maybe(
    Named("NameWarnings", whole(count=COUNT, files=array(whole(relativeKey=TEXT, problem=TEXT))))
)
SNAPSHOT = Named("Snapshot", whole(by=words(By), through=MOMENT))
UNCERTAIN = {"uncertainFiles": TEXTS, "uncertainCount": COUNT}
