"""The contract of `Contents`: a text is a file like any other, and variables are kept as they were."""

from assetversions.domain.model import AssetRef
from assetversions.domain.variables import Behavior, Kind, Value, Variable

from tests.support.stores import Store

VARIABLES = (
    Variable("größe", Kind.VALUE, Behavior.OPTIONAL, True),
    Variable("logo", Kind.ASSET, Behavior.PRESET, False, Value("ast_7", 2**89 + 7), "sample"),
)


class TestContents:
    def test_a_text_becomes_the_newest_file_at_its_path(self, store: Store, ref: AssetRef):
        store.put(ref, "text.html", b"before")
        entry = store.contents.put(ref, "text.html", "größe".encode(), "text/html", "mark")
        assert store.files.find(ref, "text.html") == entry
        assert (entry.path, entry.size) == ("text.html", len("größe".encode()))
        assert store.read(ref, "text.html") == "größe".encode()

    def test_variables_are_read_as_they_were_kept(self, store: Store, uid: int):
        digests = [store.contents.keep_variables(uid, some) for some in (VARIABLES, VARIABLES[:1])]
        found = store.contents.variables(uid, digests)
        assert [found[digest] for digest in digests] == [VARIABLES, VARIABLES[:1]]
        assert store.contents.variables(uid, []) == {}

    def test_the_same_variables_have_the_same_digest(self, store: Store, uid: int):
        digests = {store.contents.keep_variables(uid, VARIABLES) for _ in range(2)}
        assert len(digests) == 1
        assert store.contents.keep_variables(uid, VARIABLES[::-1]) not in digests
