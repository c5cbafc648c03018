"""The aliases of a version in a request: VAMS's one, and beside it all of them."""

from typing import Annotated

from pydantic import Field

from assetversions.dialects.common.http import Body
from assetversions.dialects.vams.ids import alias
from assetversions.dialects.vams.requests.common import Text
from assetversions.domain.aliases import MOST
from assetversions.domain.errors import Invalid

# The first one, None for not said and "" for none; and the others, None for not said.
Aliases = tuple[str | None, tuple[str, ...] | None]


class AliasesBody(Body):
    """Where both are given, the one is the first of them."""

    versionAlias: Text | None = None
    versionAliases: Annotated[list[Text], Field(max_length=MOST)] | None = None
    moveAlias: bool = False

    def aliases(self) -> Aliases:
        """What a command takes for the first one, and for the others."""
        first = _one(self.versionAlias)
        if self.versionAliases is None:
            return first, None
        head, *others = _all(self.versionAliases) or [""]
        if first is not None and first != head:
            raise Invalid("versionAlias", "must be the first of versionAliases; leave out one of the two.")
        return head, tuple(others)


def _one(text: str | None) -> str | None:
    return alias(text) if text and not text.isspace() else text and ""


def _all(texts: list[str]) -> list[str]:
    names: list[str] = []
    for index, text in enumerate(texts):
        field = f"versionAliases.{index}"
        if (name := alias(text, field)) in names:
            raise Invalid(field, f"'{name}' is named twice; name each alias once.")
        names.append(name)
    return names
