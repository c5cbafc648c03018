"""What clients read before they can sign in; who answers with it imports little else."""

from msgspec import Struct


class ServiceFacts(Struct, frozen=True):
    """`client_id` is of those who send a password to `pools_url`, the pool's own API; `sign_in_client_id` of
    those who send a browser to the pool's pages, at `sign_in_url`; `console_url` None where there is none."""

    region: str
    api_url: str
    tokens_api_url: str
    user_pool_id: str
    client_id: str
    pools_url: str
    sign_in_url: str
    sign_in_client_id: str
    console_url: str | None
