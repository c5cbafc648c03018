"""The `Contents` port in memory: texts go to the bucket of `FakeFiles`, variables are kept by digest."""

from collections.abc import Collection, Sequence
from hashlib import sha256

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import AssetRef
from assetversions.domain.variables import Variable

from tests.support.faults import Faults
from tests.support.files import FakeFiles


class FakeContents:
    def __init__(self, faults: Faults, files: FakeFiles, marks: dict[str, str] | None = None) -> None:
        self._faults = faults
        self._files = files
        self._marks = {} if marks is None else marks
        self._kept: dict[tuple[int, str], tuple[Variable, ...]] = {}

    def put(self, ref: AssetRef, path: str, data: bytes, content_type: str, mark: str) -> Entry:
        self._faults.step()
        self._marks[self._files.put(ref, path, data)] = mark
        self._faults.step()  # it is stored, and the caller may still never hear of it
        return self._files.history(ref, path)[-1].entry(path)

    def keep_variables(self, uid: int, variables: Sequence[Variable]) -> str:
        self._faults.step()
        digest = sha256(repr(tuple(variables)).encode()).hexdigest()
        self._kept[uid, digest] = tuple(variables)
        return digest

    def variables(self, uid: int, digests: Collection[str]) -> dict[str, tuple[Variable, ...]]:
        self._faults.step()
        return {digest: self._kept[uid, digest] for digest in digests}
