"""What a caller is told of an asset calls it by its public id: the one inside tells its lives apart."""

import re
from pathlib import Path

DIALECTS = Path(__file__).parents[2] / "layers/core/python/assetversions/dialects"
_INSIDE = re.compile(r"\b(?:ref|source|target)\.asset_id\b")
# Where files are is told as it is.
PLACES = {"vams/replies/assets.py"}


def test_no_reply_tells_the_id_inside():
    found = {
        str(path.relative_to(DIALECTS)) for path in DIALECTS.rglob("*.py") if _INSIDE.search(path.read_text())
    }
    assert found - {"vams/requests/moves.py"} == PLACES
