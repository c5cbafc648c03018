"""The stack of a stage: what holds state, the API, and a nested stack per family of operations."""

from dataclasses import replace

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from infra.access import STACKS
from infra.api import Api, TokensApi
from infra.automatic import Automatic
from infra.console import Console
from infra.console_headers import BASE
from infra.deliveries import Deliveries
from infra.events import Events
from infra.functions import Functions
from infra.group import Group
from infra.identity import Identity
from infra.jobs import Jobs
from infra.layers import layers
from infra.mail import Mail
from infra.outbox import Outbox
from infra.schedule import Schedule
from infra.stage import Stage
from infra.storage import Storage


class AssetVersionsStack(Stack):
    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(
            scope,
            construct_id,
            description="Asset versions",
            env=stage.env,
            tags=stage.tags,
            termination_protection=stage.keep_data,
        )
        storage = Storage(self, "Storage", stage)
        identity = Identity(self, "Identity", stage)
        functions = Functions(stage, storage, identity, layers(self, stage))
        functions = replace(functions, looker_arn=functions.add(self, "look_at_person").function_arn)
        trust = {
            "ISSUER": identity.issuer,
            "CLIENT_IDS": " ".join(identity.client_ids),
            "USER_POOL_ID": identity.pool.user_pool_id,
        }
        authorizer = functions.add(self, "authorizer", trust)
        api = Api(self, "Api", stage=stage, identity=identity, authorizer=authorizer)
        tokens_api = TokensApi(self, "TokensApi", stage=stage, users=api, authorizer=authorizer)
        automatic = Automatic(self, "Automatic", functions)
        functions = replace(functions, queues={"turns": automatic.queue})
        jobs = Jobs(self, "Jobs", functions)
        functions = replace(functions, machine_arn=jobs.machine_arn, executions_arn=jobs.executions_arn)
        schedule = Schedule(self, "Schedule", functions)
        events = Events(self, "Events", functions)
        deliveries = Deliveries(self, "Deliveries", functions)
        mail = Mail(self, "Mail", functions, api.url)
        queues = {**functions.queues, "lanes": deliveries.lanes, "mail": mail.queue}
        functions = replace(functions, queues=queues)
        outbox = Outbox(self, "Outbox", functions)
        apart = {one.node.id for one in (jobs, automatic, schedule, events, deliveries, mail, outbox)}
        apart.add("Console")
        apis = (api, tokens_api)
        console = self._console(stage, api, storage, identity)
        pages = console.url if console else stage.api_url and stage.api_url + BASE
        if pages:
            identity.return_to(pages)
        facts = identity.facts | {"TOKENS_API_URL": stage.public_tokens_url or tokens_api.url}
        if pages:
            facts |= {"CONSOLE_URL": pages}
        groups = [
            Group(self, name, functions=functions, apis=apis, facts=facts)
            for name in STACKS
            if name not in apart
        ]
        for one in apis:
            one.open(after=[*groups])
        if stage.direct_writes == "denied":
            storage.let_write(functions.writers)
        outputs = {
            "ApiUrl": api.url,
            "ApiId": api.http.api_id,
            "TokensApiUrl": tokens_api.url,
            "TokensApiId": tokens_api.http.api_id,
            "TableName": storage.table.table_name,
            "AssetsBucket": storage.assets.bucket_name,
            "ManifestsBucket": storage.manifests.bucket_name,
            "FileEvents": events.queue.queue_arn,
            "LostFileEvents": events.lost.queue_arn,
            "Turns": automatic.queue.queue_arn,
            "LostTurns": automatic.lost.queue_arn,
            "Lanes": deliveries.lanes.queue_arn,
            "LostLanes": deliveries.lost.queue_arn,
            "DueMail": mail.queue.queue_arn,
            "LostMail": mail.lost.queue_arn,
            "EventBus": outbox.bus.event_bus_arn,
            "PolicyBus": outbox.policy_bus.event_bus_arn,
            "ParkedEvents": outbox.parked.queue_url,
            "UserPoolId": identity.pool.user_pool_id,
            "ClientId": identity.client.user_pool_client_id,
            "MachineClientId": identity.machine.user_pool_client_id,
            "SignInUrl": identity.sign_in_url,
            "SignInClientId": identity.browsers.user_pool_client_id,
            "TokenUrl": f"{identity.sign_in_url}/oauth2/token",
        }
        if console:
            outputs |= {"ConsoleUrl": console.url, "ConsoleBucket": console.files.bucket_name}
        if api.domain:
            # The name must be made by the owner of the zone: it points at this one.
            outputs["DomainTarget"] = api.domain.regional_domain_name
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)

    def _console(self, stage: Stage, api: Api, storage: Storage, identity: Identity) -> Console | None:
        """On this machine the gateway serves its files, beside the API."""
        if stage.local or not stage.console:
            return None
        return Console(
            self, "Console", stage=stage, api=api, storage=storage, sign_in_url=identity.sign_in_url
        )
