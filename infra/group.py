"""A nested stack: the functions of one family of operations, and the routes that lead to them."""

import hashlib
from collections.abc import Mapping
from typing import Any

from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.dialects.common.route import Route
from aws_cdk import CfnParameter, CustomResource, Duration, NestedStack
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from cdk_nag import NagSuppressions
from constructs import Construct

from infra.access import STACKS
from infra.api import AnyApi
from infra.bytecode import ROOT
from infra.functions import Functions

FALLBACK = "It serves no data: it answers 404, or leads on to the path with single slashes."
OPEN_ROUTE = (
    "It says what the API is and where to sign in, and nothing else; or a letter's link proves a right."
)
STARTER = [ROOT / f"layers/auth/python/authz/starter_{name}.json" for name in ("policy", "roles")]


class Group(NestedStack):
    """`construct_id` names a group of infra/access.py; its routes are on each of the `apis`.

    What leads here from another one than the first has a scope of its own.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        functions: Functions,
        apis: tuple[AnyApi, AnyApi],
        facts: Mapping[str, str],
    ) -> None:
        served = {name: _routes(name) for name in STACKS[construct_id]}
        opens = any(map(_open, served.values()))
        # What has a condition in it is said by the stack that knows the condition.
        said = {"SignInUrl": functions.identity.sign_in_url} if opens else None
        super().__init__(scope, construct_id, description=f"Asset versions: {construct_id}", parameters=said)
        self._facts = dict(facts)
        if opens:
            self._facts["SIGN_IN_URL"] = CfnParameter(self, "SignInUrl").value_as_string
        self._functions = functions
        first, second = apis
        self._doors: list[tuple[AnyApi, Construct]] = [
            (first, self),
            (second, Construct(self, second.node.id)),
        ]
        for name, routes in served.items():
            if routes:
                self._serve(name, routes)
        if "fallback" in STACKS[construct_id]:
            self._add_fallback()
        if "seed_policy" in STACKS[construct_id]:
            self._seed_policy()

    def _serve(self, name: str, routes: list[Route]) -> None:
        """A function, and everything that leads to it."""
        function = self._functions.add(self, name, self._facts if _open(routes) else None)
        for api, scope in self._doors:
            target = self._integration(api, scope, name, function)
            for route in routes:
                made = self._route(api, scope, route.key, target, api.authorization(route))
                if route.open:
                    _suppress(made, "AwsSolutions-APIG4", OPEN_ROUTE)

    def _integration(self, api: AnyApi, scope: Construct, name: str, function: lambda_.Function) -> str:
        """How a route names its function; one permission does for all routes of an API."""
        function.add_permission(
            api.node.id,
            principal=iam.ServicePrincipal("apigateway.amazonaws.com"),
            source_arn=api.any_route,
        )
        integration = apigateway.CfnIntegration(
            scope,
            f"{name}.integration",
            api_id=api.http.api_id,
            integration_type="AWS_PROXY",
            integration_uri=function.function_arn,
            payload_format_version="2.0",
        )
        return f"integrations/{integration.ref}"

    def _route(
        self, api: AnyApi, scope: Construct, key: str, target: str, authorization: Mapping[str, Any]
    ) -> apigateway.CfnRoute:
        return apigateway.CfnRoute(
            scope, key, api_id=api.http.api_id, route_key=key, target=target, **authorization
        )

    def _add_fallback(self) -> None:
        """For the paths that no route matches, such as those with doubled slashes."""
        function = self._functions.add(self, "fallback")
        for api, scope in self._doors:
            target = self._integration(api, scope, "fallback", function)
            made = self._route(api, scope, "$default", target, {"authorization_type": "NONE"})
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


def _routes(name: str) -> list[Route]:
    """Those that lead to a function."""
    return [route for route in ROUTES if operations.function(route.operation) == name]


def _open(routes: list[Route]) -> bool:
    """Whether nobody has to sign in for any of them."""
    return bool(routes) and all(route.open for route in routes)


def _suppress(resource: Construct, rule: str, reason: str) -> None:
    NagSuppressions.add_resource_suppressions(resource, [{"id": rule, "reason": reason}])
