"""`make redrive`: messages that were given up go back to the queue that they came from."""

import sys
from typing import Any

from botocore.exceptions import ClientError

from infra.deployed import outputs, session
from infra.settings import check_deployable, from_file

# The outputs that name a queue of dead letters, and the queue that they are letters of.
QUEUES = {"LostFileEvents": "FileEvents", "LostTurns": "Turns", "LostLanes": "Lanes", "LostMail": "DueMail"}


def main(stage: str) -> None:
    check_deployable(stage, from_file(stage))
    where = session(stage)
    found = outputs(stage, where)
    sqs: Any = where.client("sqs")
    refused = []
    for dead, source in QUEUES.items():
        count = _count(sqs, found[dead])
        try:
            if count:
                sqs.start_message_move_task(SourceArn=found[dead], DestinationArn=found[source])
        except ClientError as error:
            refused.append(f"{source}: SQS moves nothing: {error.response['Error']['Message']}")
        else:
            print(f"{source}: {f'about {count} messages go back' if count else 'nothing was given up'}.")
    if refused:
        sys.exit("\n".join(refused))


def _count(sqs: Any, arn: str) -> int:
    url = sqs.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"]
    asked = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(asked["Attributes"]["ApproximateNumberOfMessages"])


if __name__ == "__main__":
    main(*sys.argv[1:])
