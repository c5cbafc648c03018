"""What Autodesk's documents and clients send to its storage, route by route, and what is done about it."""

from typing import NamedTuple

SIGNED, DETAILS, CONTENT = "/signeds3download", "/details", ""


class Row(NamedTuple):
    """`done` is "honoured", "refused", or why it changes nothing; `shows` is what a link then says."""

    route: str
    name: str
    value: str
    done: str
    shows: str = ""


ONE_PLACE = "an object is whole, and nowhere but in S3"
QUERY = (
    Row(SIGNED, "minutesExpiration", "60", "honoured", "seconds=3600"),
    Row(SIGNED, "minutesExpiration", "1", "honoured", "seconds=60"),
    Row(SIGNED, "minutesExpiration", "0", "refused"),
    Row(SIGNED, "minutesExpiration", "61", "refused"),
    Row(SIGNED, "minutesExpiration", "x", "refused"),
    Row(SIGNED, "response-content-type", "text/plain", "honoured", "media_type=text%2Fplain"),
    Row(SIGNED, "response-content-type", "text/\u00df", "refused"),
    Row(SIGNED, "response-content-type", "", "refused"),
    Row(
        SIGNED,
        "response-content-disposition",
        'attachment; filename="b.pdf"',
        "honoured",
        "disposition=attachment%3B+filename%3D%22b.pdf%22",
    ),
    Row(SIGNED, "response-content-disposition", "inline", "refused"),
    Row(SIGNED, "response-content-disposition", "attachment; filename=\u00df", "refused"),
    Row(SIGNED, "response-cache-control", "no-store", "honoured", "cache_control=no-store"),
    Row(SIGNED, "response-cache-control", "a\nb", "refused"),
    Row(SIGNED, "public-resource-fallback", "true", ONE_PLACE),
    Row(SIGNED, "public-resource-fallback", "false", ONE_PLACE),
    Row(SIGNED, "public-resource-fallback", "perhaps", "refused"),
    Row(SIGNED, "useCdn", "true", ONE_PLACE),
    Row(SIGNED, "useCdn", "perhaps", "refused"),
    Row(SIGNED, "nobody-knows", "1", "refused"),
    Row(DETAILS, "with", "createdDate", "honoured", "'createdDate': 17"),
    Row(DETAILS, "with", "createdDate,lastModifiedDate", "honoured", "'lastModifiedDate': 17"),
    Row(DETAILS, "with", "userDefinedMetadata", "a file has no metadata of its users'"),
    Row(DETAILS, "with", "lastAccessedDate", "refused"),
    Row(DETAILS, "with", "sha256", "refused"),
    Row(DETAILS, "with", "", "refused"),
    Row(DETAILS, "nobody-knows", "1", "refused"),
    Row(CONTENT, "nobody-knows", "1", "refused"),
)
