"""SES: whose right a letter takes; and each that was sent as a file, for people to read on this machine."""

import json
import logging
import time
from collections.abc import Awaitable, Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from ministack.core import iam_actions
from ministack.services import ses_v2

from local.strict.patching import wrap

SENDS = "/outbound-emails"
# In the emulator's own folder of state.
FOLDER = Path("mail")

logger = logging.getLogger("ses-v2")


def apply() -> None:
    wrap(iam_actions, "_ses_v2_resource_arn", sends_are_about_an_identity)
    wrap(ses_v2, "handle_request", letters_are_kept)


def sends_are_about_an_identity(
    resource: Callable[..., str], method: str, path: str, body: bytes, region: str, account_id: str
) -> str:
    """SendEmail takes the right to the sender's identity: the address, if it is one, else its domain.

    Service Authorization Reference, Amazon SES V2.
    """
    if method != "POST" or not path.rstrip("/").endswith(SENDS):
        return resource(method, path, body, region, account_id)
    address = parseaddr(json.loads(body or b"{}").get("FromEmailAddress", ""))[1]
    identity = address if address in ses_v2._identities else address.rpartition("@")[2]
    return f"arn:aws:ses:{region}:{account_id}:identity/{identity}"


async def letters_are_kept(
    handle: Callable[..., Awaitable[Any]],
    method: str,
    path: str,
    headers: Any,
    body: bytes,
    query_params: Any,
) -> Any:
    """No rule of AWS, which sends them: here nobody would see them."""
    answer = await handle(method, path, headers, body, query_params)
    if answer[0] == 200 and method == "POST" and path.rstrip("/").endswith(SENDS):
        _keep(json.loads(body))
    return answer


def _keep(sent: Any) -> None:
    simple, to = sent["Content"]["Simple"], ", ".join(sent["Destination"]["ToAddresses"])
    named = {"From": sent["FromEmailAddress"], "To": to, "Subject": simple["Subject"]["Data"]}
    named |= {one["Name"]: one["Value"] for one in simple.get("Headers", ())}
    head = "".join(f"{name}: {value}\n" for name, value in named.items())
    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / f"{time.time_ns()}.txt"
    file.write_text(f"{head}\n{simple['Body']['Text']['Data']}")
    logger.info("A letter to %s: %s, in %s", to, named["Subject"], file.resolve())
