"""The examples of the pages on APIs: what is sent, and what a reply has to show."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs/api/vams_examples.md"

_BLOCK = re.compile(r"^```http\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_REQUEST = re.compile(r"^(?=(?:GET|HEAD|POST|PUT|DELETE) )", re.MULTILINE)
_HEADER = re.compile(r"([A-Za-z][\w-]*): (.*)\n")
_NAME = re.compile(r"\{(\w+)\}")
ANY = "…"


@dataclass(frozen=True)
class Message:
    """A request or a reply: its first line, its headers, and the text behind them."""

    start: str
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Example:
    line: int
    request: Message
    reply: Message

    @property
    def route(self) -> str:
        return self.request.start.partition("?")[0]


def examples(page: str) -> Iterator[Example]:
    """In order; one block may have several."""
    for block in _BLOCK.finditer(page):
        at = block.start(1)
        for text in filter(None, _REQUEST.split(block[1])):
            request, _, reply = text.partition("\n\n")
            line = page.count("\n", 0, at) + 1
            yield Example(line, _message(request), _message(reply))
            at += len(text)


def _message(text: str) -> Message:
    start, _, rest = f"{text.strip()}\n".partition("\n")
    headers: dict[str, str] = {}
    while found := _HEADER.match(rest):
        headers[found[1]] = found[2]
        rest = rest[found.end() :]
    return Message(start, headers, rest.strip())


def fill(text: str, names: dict[str, str]) -> str:
    """With what earlier replies have told in place of its name."""
    return _NAME.sub(lambda found: names.get(found[1], found[0]), text)


def differs(shown: str, body: str, names: dict[str, str]) -> str | None:
    """Where the body is not as shown; what stands in `names` afterwards is what it told."""
    if shown.startswith(('{"', "[")):
        return _differs(json.loads(shown), json.loads(body), names, "body")
    return _differs(shown, body, names, "body")


def _differs(shown: Any, found: Any, names: dict[str, str], at: str) -> str | None:
    """Of an object, the fields that are shown; of a list, all, or in this order those beside `…`."""
    if isinstance(shown, dict) and isinstance(found, dict):
        every = (_differs(value, found.get(key), names, f"{at}.{key}") for key, value in shown.items())
        return next(filter(None, every), None)
    if isinstance(shown, list) and isinstance(found, list):
        return _list_differs(shown, found, names, at)
    if isinstance(shown, str):
        return _text_differs(shown, found, names, at)
    same = shown == found and isinstance(shown, bool) == isinstance(found, bool)
    return None if same else f"{at}: {found!r} is not {shown!r}"


def _list_differs(shown: list[Any], found: list[Any], names: dict[str, str], at: str) -> str | None:
    if ANY not in shown:
        if len(shown) != len(found):
            return f"{at}: {len(found)} are not {len(shown)}: {found!r}"
        pairs = enumerate(zip(shown, found, strict=True))
        return next(filter(None, (_differs(*pair, names, f"{at}[{n}]") for n, pair in pairs)), None)
    rest = iter(found)
    for one in shown:
        if one != ANY and not any(_fits(one, other, names) for other in rest):
            return f"{at}: nothing there is {one!r}: {found!r}"
    return None


def _fits(shown: Any, found: Any, names: dict[str, str]) -> bool:
    """What does not fit has told nothing."""
    told = dict(names)
    if _differs(shown, found, told, "") is not None:
        return False
    names.update(told)
    return True


def _text_differs(shown: str, found: Any, names: dict[str, str], at: str) -> str | None:
    if (name := _NAME.fullmatch(shown)) and name[1] not in names and found is not None:
        names[name[1]] = str(found)
        return None
    wanted = fill(shown, names)
    pattern = ".*".join(map(re.escape, wanted.split(ANY)))
    fits = found is not None if shown == ANY else isinstance(found, str) and re.fullmatch(pattern, found)
    return None if fits else f"{at}: {found!r} is not {wanted!r}"
