"""`make token USER=editor` (or `machine`): prints a fresh access token of the running local system."""

import shlex
import sys

from local.people import machine_token, token
from local.run import ENV_FILE


def environment() -> dict[str, str]:
    """What `make run` wrote about itself."""
    if not ENV_FILE.exists():
        raise SystemExit("The system does not run. Start it with `make run` in another shell.")
    words = (shlex.split(line)[1] for line in ENV_FILE.read_text().splitlines())
    return dict(word.split("=", 1) for word in words)


if __name__ == "__main__":
    names = environment()
    endpoint, user = names["AWS_ENDPOINT_URL"], sys.argv[1]
    if user == "machine":
        print(machine_token(endpoint, names["USER_POOL_ID"], names["MACHINE_CLIENT_ID"], ""))
    else:
        print(token(endpoint, names["CLIENT_ID"], user))
