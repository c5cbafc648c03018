"""Make assets of the folders of a database that have files already, in a job."""

from assetversions.domain.commands.catalog import AdoptAssets
from assetversions.domain.ids import uuid7
from assetversions.domain.jobs import Job, JobKind, JobState
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.lookup import find_database
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation


@operation(action="create")
def adopt_assets(command: AdoptAssets, services: Services) -> Job:
    """Whatever `auto_create_assets` says; what has a version already is left alone."""
    require(services, "create", find_database(services, command.database_id))
    at, who = services.now(), services.person
    # A job of no asset: it is kept where those of one without a name would be.
    ref = AssetRef(command.database_id, "")
    job = Job(str(uuid7()), ref, JobKind.ADOPT, JobState.PENDING, services.user, at, at, person=who)
    services.jobs.start(job, command, receipt(services, job))
    return job
