"""Mail to people: a queue of what is due, and the function that writes it."""

from dataclasses import replace

from aws_cdk import Duration, NestedStack
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.access import ACCESS
from infra.alarms import GOING_OUT, alarm
from infra.functions import Functions
from infra.queues import lost_letters, oldest, queue
from infra.stage import Stage

SENDS = "send_mail"
# A letter that could not be sent comes again after so long; by then nobody is at work on it any more.
HIDDEN = Duration.seconds(6 * ACCESS[SENDS].seconds)
# Half a day of trouble: what is worse is for people to look at.
ATTEMPTS = 250
LATE = Duration.hours(1)
# SES takes 14 letters a second of an account that has not asked for more.
AT_ONCE = 10
# What happens to an asset within so long is one letter.
WINDOW_SECONDS = {True: "2", False: "300"}


class Mail(NestedStack):
    """Whoever publishes fills `queue`, and letters that could not be sent end up in `lost`.

    It is there in a stage without mail, too, where nothing fills it.
    """

    def __init__(self, scope: Construct, construct_id: str, functions: Functions, api_url: str) -> None:
        super().__init__(scope, construct_id, description=f"Asset versions: {construct_id}")
        self.lost = lost_letters(self, "LostMail", "Letters could not be sent", GOING_OUT)
        self.queue = queue(self, "Due", self.lost, ATTEMPTS, HIDDEN)
        functions = replace(functions, queues={"mail": self.queue})
        lambda_.EventSourceMapping(
            self,
            "DueMessages",
            target=functions.add(self, SENDS, _environment(functions.stage, api_url)),
            event_source_arn=self.queue.queue_arn,
            # One letter that can't be sent must hold up no other.
            batch_size=1,
            max_concurrency=AT_ONCE,
        )
        age = oldest(self.queue)
        alarm(self, "MailLate", "Letters wait to be sent", GOING_OUT, age, LATE.to_seconds(), periods=5)


def _environment(stage: Stage, api_url: str) -> dict[str, str]:
    """Links lead to where the stage says that clients find the API, or else to where API Gateway put it."""
    found = {"API_URL": stage.public_url or api_url}
    if stage.mail:
        found["MAIL_SENDER"] = stage.mail.sender
        if stage.mail.version_link:
            found["VERSION_LINK"] = stage.mail.version_link
    return found
