"""How much room a version takes in a list."""

from assetversions.domain.model import Version
from assetversions.domain.results.versions import VersionExtras
from assetversions.engine.paging import text_bytes

_FACTS_BYTES = 900
_VARIABLE_BYTES = 130
_METADATUM_BYTES = 210


def weigh(version: Version, found: VersionExtras) -> int:
    """With what it is shown with."""
    urls = (found.content_url or "", found.thumbnail_url or "")
    names = (version.ref.asset_id, version.alias or "", *version.aliases, version.created_by, *urls)
    facts = _FACTS_BYTES + 2 * text_bytes(version.comment) + text_bytes(version.description, *names)
    variables = sum(
        _VARIABLE_BYTES + text_bytes(one.name, one.preset.text if one.preset else "", one.sample or "")
        for one in found.variables
    )
    return facts + variables + sum(_METADATUM_BYTES + text_bytes(*one) for one in found.metadata)
