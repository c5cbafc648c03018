"""How often, and with which pauses, we try again what AWS left undone in part."""

import random
import time
from collections.abc import Iterator

from assetversions.domain.errors import Busy

ATTEMPTS = 16
LONGEST_PAUSE_SECONDS = 1.0


def attempts() -> Iterator[int]:
    """Some, with growing pauses; Busy after the last."""
    for attempt in range(ATTEMPTS):
        yield attempt
        time.sleep(random.uniform(0, min(0.05 * 2**attempt, LONGEST_PAUSE_SECONDS)))  # noqa: S311
    raise Busy("The store is overloaded; send the request again.")
