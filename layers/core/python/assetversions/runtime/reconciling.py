"""The Lambda behind the schedule of reconciliations: each call begins some, and the next goes on."""

from datetime import timedelta
from typing import Any

from aws_lambda_powertools import Logger

from assetversions.domain.errors import LostRace
from assetversions.domain.jobs import SCHEDULE
from assetversions.engine.rounds import go_on
from assetversions.runtime import stores, wiring
from assetversions.runtime.environment import setting
from assetversions.runtime.no_guard import NoGuard
from assetversions.storage.dynamodb.rounds import DynamoRounds

# The function ends after 29 seconds, and has to say how far it came.
WORKS = timedelta(seconds=20)

logger = Logger()


@logger.inject_lambda_context(clear_state=True)
def handler(_event: Any, _context: Any) -> None:
    """What fails is gone on with by the next call, a minute later."""
    services = stores.services(SCHEDULE, SCHEDULE, NoGuard())
    every = timedelta(days=int(setting("RECONCILE_EVERY_DAYS")))
    try:
        began = go_on(services, DynamoRounds(wiring.table()), every, services.now() + WORKS)
    except LostRace:
        logger.info("Another call goes on with this round")
    else:
        if began:
            logger.info("Reconciliations began", jobs=began)
