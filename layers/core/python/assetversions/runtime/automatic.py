"""The Lambda behind the messages about versions that make themselves; SQS repeats what fails."""

from contextlib import ExitStack
from functools import partial
from typing import Any

from aws_lambda_powertools import Logger

from assetversions.domain.automatic import Failed, Turn
from assetversions.domain.jobs import UNEXPECTED
from assetversions.domain.journal import BUCKET
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.services import Services
from assetversions.engine.automatic import make_due, take_turn
from assetversions.runtime import stores
from assetversions.runtime.no_guard import NoGuard
from assetversions.storage import overload
from assetversions.storage.automatic import read_message

logger = Logger()


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], _context: Any) -> None:
    """One message a call, so that a version that takes long holds up no other."""
    (record,) = event["Records"]
    ref, turn = read_message(record["body"])
    logger.append_keys(database=ref.database_id, asset=ref.asset_id)
    services = _acting(BUCKET, BUCKET)

    def work() -> None:
        with overload.as_busy():
            make_due(services, ref, _acting)

    with ExitStack() as on_failure:
        on_failure.push(partial(_tell, services, ref, turn))
        take_turn(services, ref, turn, work)


def _tell(
    services: Services, ref: AssetRef, turn: Turn, _kind: object, error: BaseException | None, _trace: object
) -> None:
    """The asset shows what nobody foresaw; the message comes again, and at last is where the alarm is."""
    if isinstance(error, Exception):
        services.automatic.fail(ref, turn.mark, Failed(UNEXPECTED, services.now()))


def _acting(person: str, user: str) -> Services:
    return stores.services(person, user, NoGuard())
