"""A nested stack: the functions of one family of operations, and the routes that lead to them."""

import hashlib
from collections.abc import Mapping
from typing import Any

from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.dialects.common.route import Route
from aws_cdk import CustomResource, Duration, NestedStack
from aws_cdk import aws_apigatewayv2 as api
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from cdk_nag import NagSuppressions
from constructs import Construct

from infra.access import STACKS
from infra.api import Api
from infra.bytecode import ROOT
from infra.functions import Functions

FALLBACK = "It serves no data: it answers 404, or leads on to the path with single slashes."
OPEN_ROUTE = "Clients read this before they can sign in: it says where to sign in, and nothing else."
STARTER = [ROOT / f"layers/auth/python/authz/starter_{name}.json" for name in ("policy", "roles")]


class Group(NestedStack):
    """`construct_id` names a group of infra/access.py."""

    def __init__(self, scope: Construct, construct_id: str, *, functions: Functions, api: Api) -> None:
        super().__init__(scope, construct_id, description=f"Asset versions: {construct_id}")
        self._functions = functions
        self._api = api
        for name in STACKS[construct_id]:
            routes = [route for route in ROUTES if operations.function(route.operation) == name]
            if routes:
                self._serve(name, routes)
        if "fallback" in STACKS[construct_id]:
            self._add_fallback()
        if "seed_policy" in STACKS[construct_id]:
            self._seed_policy()

    def _serve(self, name: str, routes: list[Route]) -> None:
        """A function, and everything that leads to it."""
        is_open = all(route.open for route in routes)
        function = self._functions.add(self, name, self._functions.identity.facts if is_open else None)
        target = self._integration(name, function)
        for route in routes:
            made = self._route(route.key, target, self._authorization(route))
            if route.open:
                _suppress(made, "AwsSolutions-APIG4", OPEN_ROUTE)

    def _integration(self, name: str, function: lambda_.Function) -> str:
        """How a route names its function; one permission does for all routes."""
        function.add_permission(
            "Api",
            principal=iam.ServicePrincipal("apigateway.amazonaws.com"),
            source_arn=self._api.any_route,
        )
        integration = api.CfnIntegration(
            self,
            f"{name}.integration",
            api_id=self._api.http.api_id,
            integration_type="AWS_PROXY",
            integration_uri=function.function_arn,
            payload_format_version="2.0",
        )
        return f"integrations/{integration.ref}"

    def _authorization(self, route: Route) -> Mapping[str, Any]:
        if route.open:
            return {"authorization_type": "NONE"}
        if route.lambda_authorizer:
            return {"authorization_type": "CUSTOM", "authorizer_id": self._api.tokens.authorizer_id}
        return {"authorization_type": "JWT", "authorizer_id": self._api.users.authorizer_id}

    def _route(self, key: str, target: str, authorization: Mapping[str, Any]) -> api.CfnRoute:
        return api.CfnRoute(
            self, key, api_id=self._api.http.api_id, route_key=key, target=target, **authorization
        )

    def _add_fallback(self) -> None:
        """For the paths that no route matches, such as those with doubled slashes."""
        target = self._integration("fallback", self._functions.add(self, "fallback"))
        made = self._route("$default", target, {"authorization_type": "NONE"})
        _suppress(made, "AwsSolutions-APIG4", FALLBACK)

    def _seed_policy(self) -> None:
        """A plain function is the provider: CDK's framework for these would bring functions of its own."""
        CustomResource(
            self,
            "StarterPolicy",
            resource_type="Custom::StarterPolicy",
            service_token=self._functions.add(self, "seed_policy").function_arn,
            # Without it, CloudFormation waits an hour for a function that failed before it could answer.
            service_timeout=Duration.minutes(2),
            # A changed file changes the property, and only then does CloudFormation call the function again.
            properties={
                "Policy": hashlib.sha256(b"".join(file.read_bytes() for file in STARTER)).hexdigest()
            },
        )


def _suppress(resource: Construct, rule: str, reason: str) -> None:
    NagSuppressions.add_resource_suppressions(resource, [{"id": rule, "reason": reason}])
