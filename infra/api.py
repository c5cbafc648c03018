"""The HTTP API: every route of ROUTES; all but the open ones behind the pool's authorizer or our own."""

import json
from typing import cast

from assetversions.dialects import ROUTES
from assetversions.dialects.common.route import Route
from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as api
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_
from cdk_nag import NagSuppressions
from constructs import Construct

from infra.identity import Identity
from infra.stage import Stage

FALLBACK = "It serves no data: it answers 404, or leads on to the path with single slashes."
OPEN_ROUTE = "Clients read this before they can sign in: it says where to sign in, and nothing else."

ACCESS_LOG = json.dumps(
    {
        "time": "$context.requestTime",
        "requestId": "$context.requestId",
        "sourceIp": "$context.identity.sourceIp",
        "user": "$context.authorizer.claims.sub",
        "route": "$context.routeKey",
        "path": "$context.path",
        "status": "$context.status",
        "error": "$context.error.message",
        "latency": "$context.responseLatency",
    }
)


class Api(Construct):
    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        identity: Identity,
        functions: dict[str, lambda_.Function],
        authorizer: lambda_.Function,
        fallback: lambda_.Function,
    ) -> None:
        super().__init__(scope, construct_id)
        # CDK's authorizer for pools knows them in the commercial partition alone.
        users = authorizers.HttpJwtAuthorizer("Users", identity.issuer, jwt_audience=identity.client_ids)
        # Such a route takes a credential in either of two headers, but API Gateway asks for every identity
        # source it caches by: so it has none and caches nothing, and a revoked token is refused at once.
        self._tokens = authorizers.HttpLambdaAuthorizer(
            "Tokens",
            authorizer,
            authorizer_name="Tokens",
            response_types=[authorizers.HttpLambdaResponseType.SIMPLE],
            identity_source=[],
            results_cache_ttl=Duration.seconds(0),
        )
        self._api = api.HttpApi(
            self,
            "Http",
            api_name=f"asset-versions-{stage.name}",
            create_default_stage=False,
            default_authorizer=users,
        )
        self._add_stage(stage)
        self._add_routes(functions)
        self._add_fallback(fallback)

    @property
    def url(self) -> str:
        return self._api.api_endpoint

    def _add_stage(self, stage: Stage) -> None:
        log_group = stage.log_group(self, "AccessLog", f"/aws/apigateway/asset-versions-{stage.name}")
        default = api.HttpStage(
            self,
            "Stage",
            http_api=self._api,
            stage_name="$default",
            auto_deploy=True,
            throttle=api.ThrottleSettings(rate_limit=200, burst_limit=400),
        )
        # The stage's own property wants an interface implemented; the resource below takes plain values.
        resource = cast(api.CfnStage, default.node.default_child)
        resource.access_log_settings = api.CfnStage.AccessLogSettingsProperty(
            destination_arn=log_group.log_group_arn, format=ACCESS_LOG
        )

    def _authorizer(self, route: Route) -> api.IHttpRouteAuthorizer | None:
        """None stands for the default: the pool's own."""
        if route.open:
            return api.HttpNoneAuthorizer()
        return self._tokens if route.lambda_authorizer else None

    def _add_routes(self, functions: dict[str, lambda_.Function]) -> None:
        doors = {
            operation: integrations.HttpLambdaIntegration(operation, function)
            for operation, function in functions.items()
        }
        for route in ROUTES:
            method, path = route.key.split()
            added = self._api.add_routes(
                path=path,
                methods=[api.HttpMethod[method]],
                integration=doors[route.operation],
                authorizer=self._authorizer(route),
            )
            if route.open:
                NagSuppressions.add_resource_suppressions(
                    added[0], [{"id": "AwsSolutions-APIG4", "reason": OPEN_ROUTE}]
                )

    def _add_fallback(self, fallback: lambda_.Function) -> None:
        """For the paths that no route matches, such as those with doubled slashes."""
        route = api.HttpRoute(
            self,
            "Fallback",
            http_api=self._api,
            route_key=api.HttpRouteKey.DEFAULT,
            integration=integrations.HttpLambdaIntegration("fallback", fallback),
            authorizer=api.HttpNoneAuthorizer(),
        )
        NagSuppressions.add_resource_suppressions(route, [{"id": "AwsSolutions-APIG4", "reason": FALLBACK}])
