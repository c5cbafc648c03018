"""What clients read before they can sign in; who answers with it imports little else."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ServiceFacts:
    region: str
    api_url: str
    user_pool_id: str
    client_id: str
