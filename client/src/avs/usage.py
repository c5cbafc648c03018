"""Words that are no command of `avs`: one line or one object, as every other failure."""

import sys
from collections.abc import Sequence
from typing import Any

from typer import Abort
from typer.core import TyperGroup
from typer.exceptions import TyperException

from avs.frame import tell
from avs.problems import Exit, Problem, usage
from avs.session import Session


class Words(TyperGroup):
    """All commands."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> Any:
        words = sys.argv[1:] if args is None else list(args)
        try:
            code = super().main(words, *rest, **{**more, "standalone_mode": False})
        except TyperException as error:
            code = _told(error, Session(as_json="--json" in words))
        except Abort:
            code = tell(Problem(Exit.INTERRUPTED, "Stopped"), Session(as_json="--json" in words))
        sys.exit(code or 0)


def _told(error: TyperException, session: Session) -> Exit:
    message = " ".join(error.format_message().replace("Value error, ", "").split())
    context = getattr(error, "ctx", None)
    if message.startswith("Usage: "):
        print(error.format_message(), file=sys.stderr)  # `avs` alone, or `avs webhooks`
        return Exit.USAGE
    if context is None:
        return tell(usage(message, "See: avs --help"), session)
    step = f"See: {context.command_path} --help"
    if context.parent is None and message.startswith("No such option"):
        step = f"What a command takes stands behind it. {step}"
    return tell(usage(message, step), session)
