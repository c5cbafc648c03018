"""How often a manifest's lines are read: what a revert knows once it need not read again."""

from collections.abc import Iterator

import pytest
from assetversions.domain.manifests import stretch
from assetversions.domain.manifests.manifest import Entry

from tests.integration.cost.test_cost_at_scale import Store

FILES = 10_000


@pytest.mark.parametrize("beside", ["a full manifest", "a delta"])
def test_a_revert_of_few_files_reads_its_base_once(beside: str, monkeypatch: pytest.MonkeyPatch):
    store = Store(FILES)
    store.ours.create()
    if beside == "a delta":
        store.world.change(10)
        store.ours.create()
    store.world.change(20)
    read, decode = list[str](), stretch.decode_entries

    def counting(body: bytes) -> Iterator[Entry]:
        for entry in decode(body):
            read.append(entry.path)
            yield entry

    monkeypatch.setattr(stretch, "decode_entries", counting)
    store.ours.revert(1)
    assert len(read) == FILES
