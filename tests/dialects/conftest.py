"""For all dialects: whatever an encoder makes in a test is as the document of its API says."""

from collections.abc import Iterator
from typing import Any

import pytest
from assetversions.dialects import ROUTES
from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.lazy import LazyFunction

from tests.support.described import check_refusal, check_reply
from tests.support.documents import ALL, APIS, made


def _encoder(encode: Any) -> LazyFunction:
    """What a row of the routes names, by itself or in `bare`."""
    inside = (cell.cell_contents for cell in getattr(encode, "__closure__", None) or ())
    return next(one for one in (encode, *inside) if isinstance(one, LazyFunction))


KEYS: dict[LazyFunction, list[str]] = {}
WORDING: dict[LazyFunction, str] = {}
for _route in ROUTES:
    KEYS.setdefault(_encoder(_route.encode), []).append(_route.key)
    WORDING[_encoder(_route.error)] = _route.key


@pytest.fixture(autouse=True, scope="session")
def _replies_are_documented() -> Iterator[None]:
    call = LazyFunction.__call__

    def checked(function: LazyFunction, *args: Any) -> Any:
        reply = call(function, *args)
        if isinstance(reply, Reply) and function in WORDING:
            check_refusal(WORDING[function], reply)
        elif isinstance(reply, Reply) and function in KEYS:
            _check(KEYS[function], reply)
        return reply

    # They are made of the same functions.
    for name in (*(api.name for api in APIS), ALL):
        made(name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LazyFunction, "__call__", checked)
        yield


def _check(keys: list[str], reply: Reply) -> None:
    """An encoder that several routes share fits one of them."""
    *others, last = keys
    for key in others:
        try:
            check_reply(key, reply)
        except AssertionError:
            continue
        return
    check_reply(last, reply)
