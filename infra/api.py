"""The two HTTP APIs without their routes: stages, authorizers, the custom domain, what browsers may ask.

One is for people and machines who sign in; the other has the same routes for API tokens alone.
"""

import json
from collections.abc import Mapping
from typing import Any, cast

from assetversions.dialects import ROUTES
from assetversions.dialects.common.route import Route
from aws_cdk import Aws, Duration, Fn, Stack
from aws_cdk import aws_apigatewayv2 as api
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct, IDependable

from infra.identity import Identity
from infra.settings import Domain
from infra.stage import Stage

ACCESS_LOG = json.dumps(
    {
        "time": "$context.requestTime",
        "requestId": "$context.requestId",
        "sourceIp": "$context.identity.sourceIp",
        # Who was found by the pool's authorizer, or by our own.
        "user": "$context.authorizer.claims.sub",
        "person": "$context.authorizer.person",
        "route": "$context.routeKey",
        "path": "$context.path",
        "status": "$context.status",
        "error": "$context.error.message",
        "latency": "$context.responseLatency",
    }
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
REQUEST_HEADERS = [
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "If-Range",
    "Prefer",
    "Range",
    "X-Api-Key",
    "X-User-Id",
]
REPLY_HEADERS = [
    "Accept-Ranges",
    "Content-Range",
    "ETag",
    "Idempotency-Replayed",
    "Location",
    "Preference-Applied",
    "Retry-After",
    "x-amz-version-id",
]


# For each route: API Gateway refuses what is above it before it asks an authorizer.
THROTTLE = api.ThrottleSettings(rate_limit=200, burst_limit=400)
# Behind our own authorizer a request runs a function before anybody knows who sends it.
THROTTLE_BEFORE_IDENTITY = {"ThrottlingRateLimit": 50, "ThrottlingBurstLimit": 100}


class AnyApi(Construct):
    """What both have in common: our own authorizer, and how they are put into service."""

    def __init__(
        self, scope: Construct, construct_id: str, *, name: str, stage: Stage, authorizer: lambda_.Function
    ) -> None:
        super().__init__(scope, construct_id)
        self._stage = stage
        self.http = api.HttpApi(
            self,
            "Http",
            api_name=name,
            create_default_stage=False,
            cors_preflight=_cors(stage) if stage.cors_origins else None,
        )
        # Such a route takes a credential in either of two headers, but API Gateway asks for every identity
        # source it caches by: so it has none and caches nothing, and a revoked token is refused at once.
        self.tokens = api.HttpAuthorizer(
            self,
            "Tokens",
            http_api=self.http,
            type=api.HttpAuthorizerType.LAMBDA,
            identity_source=[],
            authorizer_uri=_invocation(self, authorizer),
            payload_format_version=api.AuthorizerPayloadVersion.VERSION_2_0,
            enable_simple_responses=True,
            results_cache_ttl=Duration.seconds(0),
        )
        authorizer.add_permission(
            construct_id,
            principal=iam.ServicePrincipal("apigateway.amazonaws.com"),
            source_arn=self._execution(f"authorizers/{self.tokens.authorizer_id}"),
        )

    @property
    def any_route(self) -> str:
        """Who may call a function: this API, by whichever route."""
        return self._execution("*/*")

    def authorization(self, route: Route) -> Mapping[str, Any]:
        """Who looks at the credential of a route."""
        if route.open:
            return {"authorization_type": "NONE"}
        return {"authorization_type": "CUSTOM", "authorizer_id": self.tokens.authorizer_id}

    def _open(self, after: list[IDependable], log_group: logs.LogGroup, **settings: Any) -> api.HttpStage:
        """Put it into service, once all its routes are there: each later one is deployed by itself."""
        default = api.HttpStage(
            self, "Stage", http_api=self.http, stage_name="$default", auto_deploy=True, **settings
        )
        # The stage's own property wants an interface implemented; the resource below takes plain values.
        resource = cast(api.CfnStage, default.node.default_child)
        resource.access_log_settings = api.CfnStage.AccessLogSettingsProperty(
            destination_arn=log_group.log_group_arn, format=ACCESS_LOG
        )
        default.node.add_dependency(*after)
        return default

    def _execution(self, what: str) -> str:
        return Stack.of(self).format_arn(service="execute-api", resource=self.http.api_id, resource_name=what)


class Api(AnyApi):
    """For who signs in: API Gateway's own authorizer looks at JWTs; some routes take API tokens, too."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        identity: Identity,
        authorizer: lambda_.Function,
    ) -> None:
        name = f"asset-versions-{stage.name}"
        super().__init__(scope, construct_id, name=name, stage=stage, authorizer=authorizer)
        # Of both APIs, as the domain is.
        self.log_group = stage.log_group(self, "AccessLog", f"/aws/vendedlogs/{name}/{_unique()}")
        self.domain = self._domain(stage.domain) if stage.domain else None
        self.users = api.HttpAuthorizer(
            self,
            "Users",
            http_api=self.http,
            type=api.HttpAuthorizerType.JWT,
            identity_source=["$request.header.Authorization"],
            jwt_audience=identity.client_ids,
            jwt_issuer=identity.issuer,
        )

    @property
    def url(self) -> str:
        """Where clients find it."""
        return self._stage.domain.url if self._stage.domain else self.http.api_endpoint

    def authorization(self, route: Route) -> Mapping[str, Any]:
        if route.open or route.lambda_authorizer:
            return super().authorization(route)
        return {"authorization_type": "JWT", "authorizer_id": self.users.authorizer_id}

    def open(self, after: list[IDependable]) -> None:
        default = self._open(after, self.log_group, throttle=THROTTLE)
        cast(api.CfnStage, default.node.default_child).route_settings = {
            route.key: THROTTLE_BEFORE_IDENTITY for route in ROUTES if route.lambda_authorizer
        }
        if self._stage.domain and self.domain:
            _map(self, self.domain, default, self._stage.domain.base_path)

    def _domain(self, asked: Domain) -> api.DomainName:
        certificate = acm.Certificate.from_certificate_arn(self, "Certificate", asked.certificate_arn)
        return api.DomainName(self, "Domain", domain_name=asked.name, certificate=certificate)


class TokensApi(AnyApi):
    """The one for API tokens: they are taken on all routes, and nothing else is.

    Its stage tells every function which of the two a request came by, and where the other one is.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, stage: Stage, users: Api, authorizer: lambda_.Function
    ) -> None:
        name = f"asset-versions-{stage.name}-tokens"
        super().__init__(scope, construct_id, name=name, stage=stage, authorizer=authorizer)
        self._users = users

    @property
    def url(self) -> str:
        """Where clients find it."""
        return self._stage.domain.tokens_url if self._stage.domain else self.http.api_endpoint

    def open(self, after: list[IDependable]) -> None:
        known = self._stage.public_tokens_url
        default = self._open(
            after,
            self._users.log_group,
            throttle=api.ThrottleSettings(
                rate_limit=THROTTLE_BEFORE_IDENTITY["ThrottlingRateLimit"],
                burst_limit=THROTTLE_BEFORE_IDENTITY["ThrottlingBurstLimit"],
            ),
        )
        cast(api.CfnStage, default.node.default_child).stage_variables = {
            "signIn": self._stage.public_url or self._users.url,
            **({"address": known} if known else {}),
        }
        if self._stage.domain and self._users.domain:
            _map(self, self._users.domain, default, self._stage.domain.tokens_path)


def _map(scope: Construct, domain: api.DomainName, default: api.HttpStage, base_path: str) -> None:
    api.ApiMapping(
        scope,
        "Mapping",
        api=default.api,
        domain_name=domain,
        stage=default,
        api_mapping_key=base_path or None,
    )


def _cors(stage: Stage) -> api.CorsPreflightOptions:
    return api.CorsPreflightOptions(
        allow_origins=list(stage.cors_origins),
        allow_methods=[api.CorsHttpMethod[method] for method in METHODS],
        allow_headers=REQUEST_HEADERS,
        expose_headers=REPLY_HEADERS,
        max_age=Duration.hours(1),
    )


def _invocation(scope: Construct, function: lambda_.Function) -> str:
    """How API Gateway spells the invocation of a function."""
    path = f"2015-03-31/functions/{function.function_arn}/invocations"
    return f"arn:{Aws.PARTITION}:apigateway:{Stack.of(scope).region}:lambda:path/{path}"


def _unique() -> str:
    """Of this stack and no other, not even of an earlier one of the same name."""
    return Fn.select(2, Fn.split("/", Aws.STACK_ID))
