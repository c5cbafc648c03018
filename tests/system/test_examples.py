"""The examples of VAMS's routes, sent in their order by one client that knows that page alone."""

import time

import httpx

from local.system import System
from tests.support.examples import PAGE, Example, differs, examples, fill
from tests.system.client import HTTP

SECONDS = 60


def send(example: Example, system: System, names: dict[str, str]) -> httpx.Response:
    """By the admin; to a link, by whoever has it."""
    method, path = example.request.start.split(" ", 1)
    url, token = fill(path, names), {"Authorization": f"Bearer {system.tokens['admin']}"}
    ours = url.startswith("/")
    headers = {name: fill(value, names) for name, value in example.request.headers.items()}
    return HTTP.request(
        method,
        system.api_url + url if ours else url,
        headers=(token if ours else {}) | headers,
        content=fill(example.request.body, names).encode() or None,
    )


def problem(example: Example, reply: httpx.Response, names: dict[str, str]) -> str | None:
    """What is not as the page says; if nothing, `names` has what the reply told."""
    told, shown = dict(names), example.reply
    pairs = [(wanted, reply.headers.get(name, "")) for name, wanted in shown.headers.items()]
    wrong = [differs(wanted, found, told) for wanted, found in pairs]
    if str(reply.status_code) != shown.start:
        wrong.append(f"not {shown.start}")
    elif shown.body:
        wrong.append(differs(shown.body, reply.text, told))
    if not any(wrong):
        names.update(told)
        return None
    return f"{[*filter(None, wrong)]}; it was {reply.status_code} {dict(reply.headers)} {reply.text[:2_000]}"


def test_each_example_is_answered_as_the_page_says(system: System) -> None:
    """What is only read is asked for again until what goes on behind it is done."""
    names: dict[str, str] = {}
    for example in examples(PAGE.read_text()):
        deadline = time.monotonic() + SECONDS
        while wrong := problem(example, send(example, system, names), names):
            again = example.request.start.startswith("GET ") and time.monotonic() < deadline
            assert again, f"Line {example.line}, {example.request.start}: {wrong}"
            time.sleep(0.2)  # between two looks; nothing is decided by it
