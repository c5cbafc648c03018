"""What clients read before they can sign in; who answers with it imports little else."""

from msgspec import Struct


class ServiceFacts(Struct, frozen=True):
    region: str
    api_url: str
    user_pool_id: str
    client_id: str
