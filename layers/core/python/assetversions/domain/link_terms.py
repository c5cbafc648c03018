"""How long a link to a file is to work, and what S3 is to say of the bytes behind it."""

from msgspec import Struct


class LinkTerms(Struct, frozen=True):
    """`seconds` None is as long as the stage says.

    A browser saves an attachment under its name, and runs none of it: a page of HTML, a drawing.
    """

    seconds: int | None = None
    disposition: str = "attachment"
    media_type: str | None = None
    cache_control: str | None = None


USUAL = LinkTerms()
