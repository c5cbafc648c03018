"""The one stack of a stage: storage, identity, functions, API, and the starter rules in the table."""

import hashlib

from assetversions.dialects import ROUTES
from aws_cdk import CfnOutput, CustomResource, Duration, Stack
from constructs import Construct

from infra.api import Api
from infra.functions import Functions
from infra.identity import Identity
from infra.jobs import STEPS, Jobs
from infra.layers import ROOT, layers
from infra.stage import Stage
from infra.storage import Storage

STARTER = [ROOT / f"layers/auth/python/authz/starter_{name}.json" for name in ("policy", "roles")]
OPEN = frozenset(route.operation for route in ROUTES if route.open)


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
        factory = Functions(
            self, "Functions", stage=stage, storage=storage, identity=identity, layers=layers(self, stage)
        )
        functions = {
            operation: factory.add(operation, _service_environment(identity))
            if operation in OPEN
            else factory.add(operation, _pool(identity), ("read users",))
            for operation in sorted({route.operation for route in ROUTES})
        }
        authorizer = factory.add(
            "authorizer",
            _pool(identity) | {"ISSUER": identity.issuer, "CLIENT_IDS": " ".join(identity.client_ids)},
        )
        Jobs(self, "Jobs", stage=stage, functions={step: factory.add(step) for step in STEPS})
        api = Api(
            self,
            "Api",
            stage=stage,
            identity=identity,
            functions=functions,
            authorizer=authorizer,
            fallback=factory.add("fallback"),
        )
        self._seed_policy(factory)
        outputs = {
            "ApiUrl": api.url,
            "TableName": storage.table.table_name,
            "AssetsBucket": storage.assets.bucket_name,
            "ManifestsBucket": storage.manifests.bucket_name,
            "UserPoolId": identity.pool.user_pool_id,
            "ClientId": identity.client.user_pool_client_id,
            "MachineClientId": identity.machine.user_pool_client_id,
            "TokenUrl": f"{identity.sign_in_url}/oauth2/token",
        }
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)

    def _seed_policy(self, factory: Functions) -> None:
        """A plain function is the provider: CDK's framework for these would bring functions of its own."""
        CustomResource(
            self,
            "StarterPolicy",
            resource_type="Custom::StarterPolicy",
            service_token=factory.add("seed_policy").function_arn,
            # Without it, CloudFormation waits an hour for a function that failed before it could answer.
            service_timeout=Duration.minutes(2),
            # A changed file changes the property, and only then does CloudFormation call the function again.
            properties={
                "Policy": hashlib.sha256(b"".join(file.read_bytes() for file in STARTER)).hexdigest()
            },
        )


def _pool(identity: Identity) -> dict[str, str]:
    return {"USER_POOL_ID": identity.pool.user_pool_id}


def _service_environment(identity: Identity) -> dict[str, str]:
    return {
        "USER_POOL_ID": identity.pool.user_pool_id,
        "CLIENT_ID": identity.client.user_pool_client_id,
    }
