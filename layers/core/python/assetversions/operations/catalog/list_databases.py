"""List the databases that the caller may read."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import islice

from assetversions.domain.commands.catalog import ListDatabases
from assetversions.domain.commands.common import Page
from assetversions.domain.cursor import refused, seal
from assetversions.domain.model import Database
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import DatabasePage
from assetversions.engine.lookup import place_of
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_SCOPE = "databases"
_FACTS_BYTES = 450
# Ids that a page looks at: the rules know nothing else of a database.
MOST = 10_000
# Between the last id that was shown and how many were passed over since, and in which list where it is not
# the one of all: a cursor must not tell their names.
_AND = "/"
_DIGITS = 12


@operation(action="read")
def list_databases(command: ListDatabases, services: Services) -> DatabasePage:
    """By id; a page is full unless it is the last, or too many that are not theirs came in between."""
    after, passed, which = _place(command.page)
    readable = _Readable(services, after, passed, which)
    databases = services.records.databases_of(readable, command.page.size + 1)
    shown, cursor = cut(databases, command.page, _SCOPE, lambda database: database.database_id, _weigh)
    if cursor is None and readable.stopped:
        last = shown[-1].database_id if shown else after or ""
        cursor = seal(_SCOPE, f"{last}{_AND}{readable.passed}{_AND}{readable.which}")
    return DatabasePage(shown, cursor, place_of(services))


class _Readable:
    """The ids that the caller may read; `passed` are those behind the last one that they may not.

    Where the rules name the databases, these alone. What was `passed` in `which` list counts in no other.
    """

    def __init__(self, services: Services, after: str | None, passed: int, which: str) -> None:
        self._guard = services.guard
        named = self._guard.databases()
        if named is None:
            self.which, ids = "", services.records.database_ids(after)
        else:
            every = sorted(database_id for _, database_id in named)
            self.which = sha256("\n".join(every).encode()).hexdigest()[:_DIGITS]
            ids = (database_id for database_id in every if after is None or database_id > after)
        self.passed = passed if which == self.which else 0
        self._ids = islice(ids, self.passed, None)
        self.stopped = False

    def __iter__(self) -> Iterator[str]:
        for looked_at, database_id in enumerate(self._ids, start=1):
            self.passed += 1
            if self._guard.allows("read", {"database_id": database_id}):
                self.passed = 0
                yield database_id
            if looked_at == MOST:
                self.stopped = True
                return


def _place(page: Page) -> tuple[str | None, int, str]:
    after, _, rest = (text_position(page, _SCOPE) or "").partition(_AND)
    passed, _, which = rest.partition(_AND)
    if rest and not (passed.isascii() and passed.isdecimal() and len(passed) <= _DIGITS):
        raise refused(page.cursor_field)
    return after or None, int(passed or 0), which


def _weigh(database: Database) -> int:
    return _FACTS_BYTES + text_bytes(database.description)
