"""What all commands have in common: `--json`, `--profile`, and an end with one line and an exit code."""

import errno
import inspect
import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer
from assetversions_client import errors

from avs import examples, routes
from avs.output import Answer, clean, show, to_json
from avs.problems import Exit, Problem
from avs.session import PROFILE, Session

Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
ProfileName = Annotated[
    str | None,
    typer.Option("--profile", metavar="NAME", help=f"Use this sign-in (else {PROFILE}, else the last one)."),
]

# What VAMS answers with 400 though the words are right: what it says, which kind it is here, what helps.
OTHERWISE: dict[str, tuple[Exit, str]] = {
    routes.NO_VERSION: (Exit.NOT_FOUND, "See: avs log {asset}"),
    "the current version can't be archived": (Exit.CONFLICT, "A newer one: avs push FOLDER {asset}"),
    "there never was a file at": (Exit.NOT_FOUND, "See: avs ls {asset}@VERSION"),
}
# Each kind of error of the client, the narrower ones first.
KINDS: dict[type[errors.ClientError], tuple[Exit, str]] = {
    errors.NotSignedIn: (Exit.NOT_SIGNED_IN, "{sign_in}"),
    errors.NotAllowed: (Exit.NOT_ALLOWED, "Which rule decides: avs why {asset}"),
    errors.NotFound: (Exit.NOT_FOUND, ""),
    errors.Conflict: (Exit.CONFLICT, ""),
    errors.Refused: (Exit.USAGE, ""),
    errors.Busy: (Exit.UNREACHABLE, "Try again in a minute."),
    errors.Damaged: (Exit.DAMAGED, ""),
    errors.LocalFault: (Exit.THIS_MACHINE, ""),
    errors.Incomplete: (Exit.INCOMPLETE, ""),
}


def command(app: typer.Typer, name: str) -> Callable[[Callable[..., Answer | None]], Callable[..., Any]]:
    """Make a function a command: it gets a session first, and gives an answer; None where it has shown it."""

    def register(function: Callable[..., Answer | None]) -> Callable[..., Any]:
        @wraps(function)
        def run(*, as_json: bool, profile_name: str | None, **asked: Any) -> None:
            raise typer.Exit(ended(function, Session(profile_name, as_json=as_json), asked))

        own = inspect.signature(function)
        shared = [
            inspect.Parameter(
                "profile_name", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=ProfileName
            ),
            inspect.Parameter("as_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Json),
        ]
        first, *rest = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own.parameters.values()]
        assert first.name.lstrip("_") == "session"
        run.__signature__ = own.replace(parameters=[*rest, *shared], return_annotation=None)  # type: ignore[attr-defined]
        run.__annotations__ = {}
        group = app.info.name if app.info.name != "avs" else ""
        app.command(name, epilog=examples.below(f"{group} {name}".strip()))(run)
        return function

    return register


def ended(function: Callable[..., Answer | None], session: Session, asked: dict[str, Any]) -> Exit:
    """Do it, show what came of it, and tell how it ended."""
    try:
        answer = function(session, **asked)
        if answer is not None:
            show(answer, as_json=session.as_json)
    except Problem as problem:
        return tell(problem, session)
    except errors.ClientError as error:
        return tell(_of_the_service(error, session, asked), session)
    except BrokenPipeError:
        return _left_alone()
    except OSError as error:
        return tell(_of_this_machine(error), session)
    except KeyboardInterrupt:
        session.say("Stopped.")
        return Exit.INTERRUPTED
    else:
        return Exit.OK if answer is None else answer.exit
    finally:
        session.close()


def tell(problem: Problem, session: Session) -> Exit:
    """One line, or one object where somebody reads JSON."""
    if session.as_json:
        told = {"kind": problem.kind.name.lower(), "message": problem.message, "nextStep": problem.next_step}
        print(to_json({"error": told}), file=sys.stderr)
    else:
        print(f"avs: {clean(problem.line())}", file=sys.stderr)
    return problem.kind


def _of_the_service(error: errors.ClientError, session: Session, asked: dict[str, Any]) -> Problem:
    """In the service's own words, and with the command that helps."""
    text = str(error)
    kind, next_step = next(
        (found for one, found in KINDS.items() if isinstance(error, one)), (Exit.UNEXPECTED, "")
    )
    if isinstance(error, errors.Refused):
        kind, next_step = next(
            (found for said, found in OTHERWISE.items() if said in text), (kind, next_step)
        )
    text, instead = routes.as_commands(text)
    asset = _asset(asked)
    steps = {
        "asset": asset,
        "database": asset.partition("/")[0],
        "webhook": asked.get("webhook", "WEBHOOK"),
        "sign_in": session.sign_in_again() if isinstance(error, errors.NotSignedIn) else "",
    }
    return Problem(kind, text, (next_step or instead).format_map(steps))


def _asset(asked: dict[str, Any]) -> str:
    """The asset that a command is about, however it calls it."""
    named = next((asked[name] for name in ("asset", "version", "a", "what") if asked.get(name)), "")
    asset = str(named).partition("@")[0]
    return asset if "/" in asset else "DB/ASSET"


def _of_this_machine(error: OSError) -> Problem:
    where = f"{error.filename}: " if error.filename else ""
    next_step = "Free some space, then try again." if error.errno == errno.ENOSPC else ""
    return Problem(Exit.THIS_MACHINE, f"{where}{error.strerror or error}.", next_step)


def _left_alone() -> Exit:
    """Who read the output has heard enough: `avs log … | head`."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.OK
