"""What a container makes of its environment."""

from assetversions.runtime import wiring
from assetversions.storage.dynamodb import items


def test_a_time_is_read_again_as_it_was_written():
    """A lease that is read again after a lost race is the one that was taken."""
    for _ in range(20):
        now = wiring.now()
        assert items.time_of(items.time_text(now)) == now
