"""One small world to run operations in: the stores, a clock, a guard, and an asset to work on."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from assetversions.domain.access_report import AccessReport, Question
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.jobs import Job
from assetversions.domain.link_terms import USUAL, LinkTerms
from assetversions.domain.manifests.delta import LIMITS, Limits
from assetversions.domain.manifests.manifest import CHUNK_TARGET, Entry
from assetversions.domain.model import Asset, AssetRef, Database, Version
from assetversions.domain.policy import Membership, PolicyChange, User
from assetversions.domain.ports.manifests import Manifests
from assetversions.domain.ports.records import Records
from assetversions.domain.results.versions import Deferred, Done
from assetversions.domain.span import Bytes
from assetversions.engine.operation import Operation
from assetversions.operations.versions.create_version import create_version
from msgspec.structs import asdict

from tests.support.automatic import FakeAutomatic
from tests.support.comments import FakeComments
from tests.support.contents import FakeContents
from tests.support.faults import Crash, Faults
from tests.support.files import FakeFiles
from tests.support.history import FakeHistory
from tests.support.imports import FakeImports
from tests.support.jobs import FakeJobs
from tests.support.journal import FakeJournal
from tests.support.links import FakeLinks
from tests.support.manifests import FakeManifests
from tests.support.properties import FakeProperties
from tests.support.records import FakeRecords
from tests.support.services import GivenServices
from tests.support.subscriptions import FakeSubscriptions
from tests.support.zips import FakeZips

REF = AssetRef("db1", "a1")
UID = 0x123456789ABCDEF012345
EVERYTHING = Page(1000)


class Clock:
    """Stands still until a test moves it on."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def advance(self, seconds: int = 1) -> None:
        self.moment += timedelta(seconds=seconds)


class TickingClock(Clock):
    """Moves on by a second whenever it is read: no two commits share a moment."""

    def now(self) -> datetime:
        self.advance()
        return self.moment


class FakeGuard:
    """`rule` decides; `asked` remembers every question. `hides`: some rule is about more than is asked.

    Of others, it lets all read but the `blind`. `uncalled` are methods that the caller may not use.
    """

    hides = False
    within: frozenset[tuple[str, str]] | None = None

    def __init__(self, rule: Callable[[str, dict[str, Any]], bool] = lambda _action, _thing: True) -> None:
        self.rule = rule
        self.blind: set[str] = set()
        self.uncalled: set[str] = set()
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def allows(self, action: str, attributes: dict[str, Any]) -> bool:
        self.asked.append((action, attributes))
        return self.rule(action, attributes)

    def reads(self, user: User, _attributes: dict[str, Any]) -> bool:
        return user.name not in self.blind

    def calls(self, method: str, _action: str) -> bool:
        return method not in self.uncalled

    def decider(self, action: str, attributes: dict[str, Any]) -> str | None:
        """No rule has an id here."""
        return None

    def sees(self, known: dict[str, Any]) -> bool:
        return not self.hides and self.rule("read", known)

    def assets_within(self, _database_id: str) -> frozenset[tuple[str, str]] | None:
        return self.within

    def databases(self) -> frozenset[tuple[str, str]] | None:
        return self.within

    def manages(self) -> bool:
        return self.rule("policy", {})

    def alone(self) -> bool:
        return True

    def remains_managed(self, _change: PolicyChange) -> bool:
        return True

    def explain(self, question: Question) -> AccessReport:
        raise AssertionError("`guard.explain` has no fake.")


class Untouched:
    """Stands for a port that no test here needs: whoever uses more of it than these `facts` fails."""

    def __init__(self, port: str, **facts: Any) -> None:
        self._port = port
        self.__dict__.update(facts)

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"`{self._port}.{name}` has no fake.")


class AnyWorld(ABC):
    """Database `db1` with asset `a1`, which has no files and no versions yet, over whatever stores."""

    clock: Clock
    guard: FakeGuard
    records: Records
    manifests: Manifests

    @abstractmethod
    def services(self, user: str = "ann") -> GivenServices: ...

    def begin(self) -> None:
        """Once there are stores."""
        self.records.add_database(Database(REF.database_id, "the database", self.clock.now(), "ann"))
        self.add_asset(REF, UID)

    def new_asset(self, ref: AssetRef, uid: int) -> Asset:
        now = self.clock.now()
        return Asset(ref, uid, "an asset", "for tests", "none", ("red",), True, now, "ann", now)

    def add_asset(self, ref: AssetRef, uid: int) -> None:
        self.records.add_asset(self.new_asset(ref, uid))

    def head(self) -> Asset:
        asset = self.records.asset(REF)
        assert asset is not None
        return asset

    def run(self, operation: Operation, command: Any, user: str = "ann", head: Asset | None = None) -> Any:
        """As the endpoint does it: with the head where the command names an asset.

        An older `head` stands for a caller whom others overtook.
        """
        if hasattr(command, "asset"):
            return operation(command, head or self.head(), self.services(user))
        return operation(command, self.services(user))

    def create(self, **facts: Any) -> Done:
        """A version without files, too, unless the facts say otherwise."""
        done: Done = self.run(create_version, CreateVersion(REF, **{"allow_empty": True} | facts))
        return done

    def versions(self) -> list[Version]:
        """Everything recorded, newest first."""
        return list(self.records.versions(REF, None, 1000))

    def manifest(self, version: Version) -> list[Entry]:
        root = self.manifests.root(version.uid, version.manifest)
        return list(self.manifests.entries(version.uid, root))


class World(AnyWorld):
    """Over the fakes.

    `gone` are users whom the pool no longer knows, `machines` clients that have a membership, `persons` those
    who are not called after themselves; `made` says of object versions which upload, or text, made them.
    """

    records: FakeRecords
    manifests: FakeManifests

    def __init__(self, chunk_target: int = CHUNK_TARGET, limits: Limits = LIMITS) -> None:
        self.faults = Faults()
        self.clock = Clock()
        self.guard = FakeGuard()
        self.gone: set[str] = set()
        self.machines: set[str] = set()
        self.persons: dict[str, str] = {}
        self.made: dict[str, str] = {}
        self.jobs = FakeJobs(self.faults)
        self.records = FakeRecords(self.faults, self.jobs)
        self.files = FakeFiles(self.faults, self.clock.now)
        self.manifests = FakeManifests(self.faults, chunk_target, limits)
        self.properties = FakeProperties(self.faults)
        self.journal = FakeJournal(self.faults)
        self.automatic = FakeAutomatic(self.faults, self.records)
        self.contents = FakeContents(self.faults, self.files, self.made)
        self.subscriptions = FakeSubscriptions(self.faults, self.records)
        self.comments = FakeComments(self.faults)
        self.links = FakeLinks(self.faults, self.records)
        self.zips = FakeZips(self.faults, self.clock.now)
        self.imports = FakeImports()
        self.begin()

    def services(self, user: str = "ann") -> GivenServices:
        return GivenServices(
            user,
            user,
            self.guard,
            self.records,
            self.files,
            self.manifests,
            self.jobs,
            self.clock.now,
            history=FakeHistory(self.files),
            journal=self.journal,
            uploads=Untouched("uploads"),
            transfers=Untouched(
                "transfers",
                read_link=link,
                link_ttl_seconds=900,
                stood=self._stood,
                read=self._read,
                read_each=self._read_each,
            ),
            subscriptions=self.subscriptions,
            contents=self.contents,
            policies=Untouched("policies", membership=self._membership),
            users=Untouched("users", find=self._user),
            properties=self.properties,
            automatic=self.automatic,
            comments=self.comments,
            links=self.links,
            zips=self.zips,
            imports=self.imports,
        )

    def _stood(self, ref: AssetRef, uploads: Mapping[str, Collection[str]]) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for path, ours in uploads.items():
            history = reversed(self.files.history(ref, path))
            newest = next((one for one in history if self.made.get(one.version_id) not in ours), None)
            found[path] = newest.version_id if newest is not None and newest.body is not None else None
        return found

    def _read(self, ref: AssetRef, entry: Entry, part: Bytes) -> bytes | None:
        body = self.files.read(ref, entry.path, entry.version_id)
        return None if body is None else body[part.start : part.stop]

    def _read_each(self, ref: AssetRef, parts: Sequence[tuple[Entry, Bytes]]) -> list[bytes | None]:
        self.faults.step()
        return [self._read(ref, *one) for one in parts]

    def _user(self, name: str) -> User | None:
        if name in self.gone | self.machines:
            return None
        return User(self.persons.get(name, name), name, frozenset(), False)

    def _membership(self, name: str) -> Membership | None:
        return Membership(name, name, ("editor",)) if name in self.machines else None

    def work(self, deferred: Deferred, user: str = "ann") -> Job:
        """Let the engine do a job to its end, through whatever crashes were armed."""
        return self.jobs.run(self.services(user), deferred.job, Crash)

    def put(self, **files: str | None) -> None:
        """Upload files, a second after what came before; None deletes. `a_txt` is the path `a.txt`."""
        self.clock.advance()
        for name, text in files.items():
            body = None if text is None else text.encode()
            self.files.put(REF, name.replace("_", "."), body)

    def content(self, version: Version) -> dict[str, bytes | None]:
        """What a version holds, by path, read through its own object versions."""
        return {
            entry.path: self.files.read(REF, entry.path, entry.version_id) for entry in self.manifest(version)
        }


def link(ref: AssetRef, path: str, object_version: str, terms: LinkTerms = USUAL) -> str:
    """To one object version, for ever."""
    address = f"https://files/{ref.database_id}/{ref.asset_id}/{path}?versionId={object_version}"
    said = {name: value for name, value in asdict(terms).items() if value is not None}
    return address if terms == USUAL else f"{address}&{urlencode(said)}"


def number(value: int) -> VersionRef:
    return VersionRef(number=value)
