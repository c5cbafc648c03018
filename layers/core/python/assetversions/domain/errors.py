"""The errors a caller can meet, each with a code that every dialect spells its own way; and one for us alone.

Error
├── Invalid           the request can't be right; `field` names the part that is wrong
│   ├── Incomplete    files of an upload can't be completed; `problems` says why, by path
│   └── Unprocessable well formed, but against the rules of the thing it is about
├── Unauthenticated   nobody we know
├── Forbidden         known, but no rule allows it
│   ├── NoRule        whoever keeps the rules can change that: the caller is told where to look
│   └── Hidden        may not be seen, or is not there: the caller is not told which
├── NotFound          `kind` says what is missing: database, asset, version, file and so on
├── Conflict          true a moment ago, no longer: a taken name, a moved revision
│   ├── ReadOnly      the thing's lifecycle state takes no such change
│   │   └── Archived  it does once it is unarchived
│   ├── LostRace      another commit came first; the commit loop retries it
│   └── DoneBefore    a request with the same idempotency key has done it; it is told what came of that
├── KeyReused         an idempotency key that came with another request before
├── TooLarge          more than one request may carry
└── Busy              too much at once; the same request may be sent again
    ├── AtWork        somebody else changes these files; it does not take long
    └── TooMany       of the caller's own, or on one asset: one of them has to end first
"""

NO_RULE = "No rule allows it."
# So many paths are named where more are in the way.
MAX_PATHS_IN_ERROR = 20


class Error(Exception):
    """`message` is safe to show to the caller."""

    code = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(Error):
    code = "invalid"

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problems = {field: problem}


class Unprocessable(Invalid):
    """`problems` has a sentence for each part that is wrong."""

    code = "unprocessable"

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(*next(iter(problems.items())))
        self.problems = problems


class Incomplete(Invalid):
    def __init__(self, problems: dict[str, str]) -> None:
        path, reason = next(iter(problems.items()))
        more = f" ({len(problems) - 1} more files have problems.)" if len(problems) > 1 else ""
        super().__init__("files", f"'{path}': {reason}{more} Nothing was completed.")
        self.problems = problems


class Unauthenticated(Error):
    code = "unauthenticated"


class Forbidden(Error):
    """`rule` is the id of the rule that refused; None where none allowed it."""

    code = "forbidden"

    def __init__(self, message: str, rule: str | None = None) -> None:
        super().__init__(message)
        self.rule = rule


class NoRule(Forbidden):
    def __init__(self, message: str) -> None:
        super().__init__(f"{message} {NO_RULE}")


class Hidden(Forbidden):
    """In the same words for whatever a caller may not see."""

    def __init__(self, kind: str, name: str, rule: str | None = None) -> None:
        super().__init__(f"You may not see {kind} '{name}', or there is none.", rule)
        self.kind = kind


class NotFound(Error):
    code = "not_found"

    def __init__(self, kind: str, name: str, advice: str = "") -> None:
        super().__init__(f"No {kind} '{name}'{advice}.")
        self.kind = kind


class Conflict(Error):
    code = "conflict"


class GivenUp(Conflict):
    """What a request works on was ended by another one meanwhile."""


class ReadOnly(Conflict):
    code = "read_only"


class Archived(ReadOnly):
    """`fact` is what stands in the way; each API knows its own way out."""

    def __init__(self, kind: str, fact: str) -> None:
        super().__init__(f"{fact}; unarchive it first.")
        self.kind = kind
        self.fact = fact


def alias_taken(name: str) -> Conflict:
    return Conflict(
        f"Alias '{name}' names another version of this asset already; take another, "
        "or move it by an update with moveAlias."
    )


class UsedBefore(Conflict):
    """The asset of this id was deleted."""


class LostRace(Conflict):
    code = "lost_race"


class DoneBefore(Conflict):
    def __init__(self) -> None:
        super().__init__("Idempotency-Key: the first request with this key has done this already.")


class KeyReused(Error):
    code = "key_reused"


class TooLarge(Error):
    code = "too_large"


class Busy(Error):
    code = "busy"


class AtWork(Busy):
    """To a caller it is as good as Busy; who can wait for a moment need not tell them."""


class TooMany(Busy):
    """A limit that the stage sets, not a store that has too much to do."""

    code = "too_many"


class IndeterminateWrite(Exception):
    """A write of files failed, and what it was to do may still happen."""


# What may pass when the same is tried again; every other error stays as it is.
RETRYABLE = (LostRace, Busy)
