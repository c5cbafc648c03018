"""The DynamoDB keys; webhooks, mail, indexes and what stands beside assets have a file each."""

from assetversions.domain.lives import public_id

PARTITION = "PK"
SORT = "SK"
EXPIRES = "expires"

Key = dict[str, str]

HEAD = "HEAD"
DATABASES = "DATABASES"
DATABASE_PREFIX = "DB#"
HAVING_PREFIX = "HAVING#"
UID_PREFIX = "UID#"
RUNNING_PREFIX = "RUNNING#"
RECONCILIATION = "RECONCILIATION"
ONCE_PREFIX = "ONCE#"
POLICY = "POLICY"
ASSET_PREFIX = "ASSET#"
VERSION_PREFIX = "V#"
PROPERTY_PREFIX = "PROPERTY#"
RULE_PREFIX = "RULE#"
EVENT_PREFIX = "EVENT#"
CHANGE_PREFIX = "CHANGES#"
CHANGED_PREFIX = "CHANGED#"
TOLD_PREFIX = "TOLD#"
LONG_PREFIX = "LONG#"
JOB_PREFIX = "JOB#"
ROLE_PREFIX = "ROLE#"
MEMBERS = f"{POLICY}#MEMBERS"
TOKENS_PREFIX = f"{POLICY}#TOKENS#"
LOOKS_PREFIX = "LOOK#"
POLICY_EVENTS = f"{POLICY}#EVENTS"
REVISIONS_PREFIX = f"{POLICY}#REVISION#"


def database(database_id: str) -> Key:
    return {PARTITION: database_partition(database_id), SORT: "DB"}


def listed_database(database_id: str) -> Key:
    """Where a database stands in the list of all databases."""
    return {PARTITION: DATABASES, SORT: database_id}


def asset_partition(database_id: str, asset_id: str) -> str:
    return f"{ASSET_PREFIX}{database_id}#{asset_id}"


def of_asset(partition: str) -> tuple[str, str]:
    """The database and the asset of such a partition."""
    _, database_id, asset_id = partition.split("#", 2)
    return database_id, asset_id


def head(database_id: str, asset_id: str) -> Key:
    """Where whoever knows the public id looks for it, whichever asset has that now."""
    return {PARTITION: asset_partition(database_id, public_id(asset_id)), SORT: HEAD}


def database_partition(database_id: str) -> str:
    return f"{DATABASE_PREFIX}{database_id}"


def property_of(database_id: str, place: str) -> Key:
    """A property that the assets of a database may have."""
    return {PARTITION: database_partition(database_id), SORT: f"{PROPERTY_PREFIX}{place}"}


def having_partition(database_id: str, place: str) -> str:
    """The list of the assets that have a property."""
    return f"{HAVING_PREFIX}{database_id}#{place}"


def having(database_id: str, place: str, asset_id: str) -> Key:
    return {PARTITION: having_partition(database_id, place), SORT: public_id(asset_id)}


def listed_asset(database_id: str, asset_id: str) -> Key:
    """Where an asset stands in the list of its database."""
    return {PARTITION: database_partition(database_id), SORT: f"{ASSET_PREFIX}{public_id(asset_id)}"}


def version(database_id: str, asset_id: str, number: int) -> Key:
    return {PARTITION: asset_partition(database_id, asset_id), SORT: f"{VERSION_PREFIX}{number:010d}"}


def alias(database_id: str, asset_id: str, name: str) -> Key:
    return {PARTITION: asset_partition(database_id, asset_id), SORT: f"ALIAS#{name}"}


def event(database_id: str, asset_id: str, event_id: str) -> Key:
    return {PARTITION: asset_partition(database_id, asset_id), SORT: f"{EVENT_PREFIX}{event_id}"}


def job(database_id: str, asset_id: str, job_id: str) -> Key:
    return {PARTITION: asset_partition(database_id, asset_id), SORT: f"{JOB_PREFIX}{job_id}"}


def running_on(database_id: str, asset_id: str) -> Key:
    """The jobs that are at work on an asset."""
    return {PARTITION: asset_partition(database_id, asset_id), SORT: "RUNNING"}


def running_for(person: str) -> Key:
    """The jobs that are at work for a person."""
    return {PARTITION: f"{RUNNING_PREFIX}{person}", SORT: "RUNNING"}


def reconciliation() -> Key:
    """Where the reconciliation of all assets stands."""
    return {PARTITION: RECONCILIATION, SORT: "ROUND"}


def upload(database_id: str, asset_id: str, upload_id: str) -> Key:
    return {PARTITION: asset_partition(database_id, asset_id), SORT: f"UPLOAD#{upload_id}"}


def upload_files(database_id: str, asset_id: str, upload_id: str, number: int) -> Key:
    """A stretch of an upload's files, behind the upload itself."""
    return {PARTITION: asset_partition(database_id, asset_id), SORT: f"UPLOAD#{upload_id}#{number:02d}"}


def change_set(database_id: str, asset_id: str, set_id: str) -> Key:
    """A change of files that is open."""
    return {PARTITION: asset_partition(database_id, asset_id), SORT: f"{CHANGE_PREFIX}{set_id}"}


def closed_set(database_id: str, asset_id: str, set_id: str, attempt: str) -> Key:
    """One that is closed, and that no version has taken in yet."""
    sort = f"{CHANGE_PREFIX}{set_id}#{attempt}"
    return {PARTITION: asset_partition(database_id, asset_id), SORT: sort}


def changing_prefix(set_id: str, attempt: str) -> str:
    """What the sort keys of an open change set's paths begin with."""
    return f"CHANGING#{set_id}#{attempt}#"


def changing_paths(database_id: str, asset_id: str, set_id: str, attempt: str, number: int) -> Key:
    """A stretch of the paths of an open change set."""
    sort = f"{changing_prefix(set_id, attempt)}{number:04d}"
    return {PARTITION: asset_partition(database_id, asset_id), SORT: sort}


def changed_paths(database_id: str, asset_id: str, at: str, set_id: str, number: int, *, told: bool) -> Key:
    """A stretch of the paths of a closed change set, in the order in which they were closed."""
    sort = f"{changed_in_time(at, told=told)}#{set_id}#{number:04d}"
    return {PARTITION: asset_partition(database_id, asset_id), SORT: sort}


def number_of_paths(sort: str) -> int:
    """Which stretch of its set such a key is of, from 0."""
    return int(sort.rpartition("#")[2])


def changed_in_time(at: str, *, told: bool) -> str:
    """Where the history of sets closed at that moment begins: our own, or what we were `told` of others."""
    return f"{TOLD_PREFIX if told else CHANGED_PREFIX}{at}"


def long_change(database_id: str, asset_id: str, at: str, set_id: str) -> Key:
    """A change set that was closed long after it was opened."""
    return {PARTITION: asset_partition(database_id, asset_id), SORT: f"{LONG_PREFIX}{at}#{set_id}"}


def archived_folder(database_id: str, asset_id: str, set_id: str, at: str) -> Key:
    """A change set that archived a folder, once it was closed."""
    return {PARTITION: asset_partition(database_id, asset_id), SORT: f"{archived_folders(set_id)}{at}"}


def archived_folders(set_id: str) -> str:
    """Where those of one folder begin."""
    return f"ARCHIVED#{set_id}#"


def long_in_time(at: str) -> tuple[str, str]:
    """The range of those closed from that moment on."""
    return f"{LONG_PREFIX}{at}", f"{LONG_PREFIX}~"


def auto_version(database_id: str, asset_id: str) -> Key:
    """What waits to become a version by itself, and why the last one did not."""
    return {PARTITION: asset_partition(database_id, asset_id), SORT: "AUTO"}


def asset_by_uid(uid: str) -> Key:
    return {PARTITION: f"{UID_PREFIX}{uid}", SORT: "UID"}


def receipt(name: str) -> Key:
    """What a request under an idempotency key has done; each in a partition of its own."""
    return {PARTITION: f"{ONCE_PREFIX}{name}", SORT: "ONCE"}


def policy_revision(copy: int | None = None) -> Key:
    """Or that of a copy, for those who read it with each request."""
    return {PARTITION: POLICY if copy is None else f"{REVISIONS_PREFIX}{copy}", SORT: "REVISION"}


def rule(rule_id: str) -> Key:
    return {PARTITION: POLICY, SORT: f"{RULE_PREFIX}{rule_id}"}


def role(name: str) -> Key:
    return {PARTITION: POLICY, SORT: f"{ROLE_PREFIX}{name}"}


def membership(person: str) -> Key:
    """The roles that the table gives to one person, beside those of their Cognito groups."""
    return {PARTITION: MEMBERS, SORT: person}


def look_at_name(name: str) -> Key:
    """What the user pool said of a name."""
    return {PARTITION: f"{LOOKS_PREFIX}NAME#{name}", SORT: "LOOK"}


def look_at_person(person: str) -> Key:
    """What it said of one who has signed in."""
    return {PARTITION: f"{LOOKS_PREFIX}PERSON#{person}", SORT: "LOOK"}


def policy_event(event_id: str) -> Key:
    return {PARTITION: POLICY_EVENTS, SORT: event_id}
