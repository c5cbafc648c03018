"""The services of one request, put together by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assetversions.domain.ports.access import Guard, Policies, Users
from assetversions.domain.ports.files import Contents, Files, History, Transfers
from assetversions.domain.ports.jobs import Jobs
from assetversions.domain.ports.manifests import Manifests
from assetversions.domain.ports.records import Properties, Records, Subscriptions, Uploads


@dataclass(frozen=True)
class GivenServices:
    user: str
    guard: Guard
    records: Records
    files: Files
    manifests: Manifests
    jobs: Jobs
    now: Callable[[], datetime]
    history: History
    uploads: Uploads
    transfers: Transfers
    subscriptions: Subscriptions
    contents: Contents
    policies: Policies
    users: Users
    properties: Properties
