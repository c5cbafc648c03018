"""The web console: a private bucket with its files, and CloudFront, with the API as its second origin."""

from assetversions.domain import packs
from aws_cdk import CfnParameter, Duration, Fn, NestedStack
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from cdk_nag import NagSuppressions
from constructs import Construct

from infra.api import Api
from infra.console_headers import BASE, PLAIN, UNPACKING, UNPACKING_POLICY, policy
from infra.stage import Stage
from infra.storage import Storage

# A folder is no object; CloudFront itself knows a first page for the top alone.
FIRST_PAGE = """function handler(event) {
  var request = event.request;
  if (request.uri === '/console') {
    return {statusCode: 302, statusDescription: 'Found', headers: {location: {value: '/console/'}}};
  }
  if (request.uri === '/console/') request.uri = '/console/index.html';
  return request;
}
"""
YEAR = Duration.days(365)
PUBLIC_FILES = "It holds the files of a public page, and nothing that a deployment does not make anew."
SUPPRESSED = {
    "AwsSolutions-CFR1": "Where people may sign in from is the account owner's choice.",
    "AwsSolutions-CFR2": "A firewall costs by the month: the account owner's choice. API Gateway throttles.",
    "AwsSolutions-CFR3": "Requests to the API are in the API's own access log; the page's files are public.",
    "AwsSolutions-CFR4": "Under CloudFront's own name its own certificate says which TLS is taken.",
}


class Console(NestedStack):
    """No browser needs CORS for the API: it is on the page's own host, and nothing of it is cached."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        api: Api,
        storage: Storage,
        sign_in_url: str,
    ) -> None:
        # What has a condition in it is said by the stack that knows the condition.
        super().__init__(
            scope,
            construct_id,
            description=f"Asset versions: {construct_id}",
            parameters={"SignInUrl": sign_in_url},
        )
        # GovCloud has no CloudFront, and a stage there goes without: the linter need not look.
        self.template_options.metadata = {"cfn-lint": {"config": {"regions": ["eu-central-1"]}}}
        self.files = self._bucket(stage)
        signing_in = CfnParameter(self, "SignInUrl").value_as_string
        rules = policy(
            f"https://{storage.assets.bucket_regional_domain_name}",
            f"https://{storage.manifests.bucket_regional_domain_name}/{packs.PREFIX}",
            signing_in,
        )
        self.distribution = self._distribution(
            stage,
            api,
            pages=self._headers("Headers", rules),
            unpacking=self._headers("UnpackingHeaders", UNPACKING_POLICY),
        )
        self.url = f"https://{self.distribution.distribution_domain_name}{BASE}"

    def _bucket(self, stage: Stage) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            "Files",
            enforce_ssl=True,
            minimum_tls_version=1.2,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            lifecycle_rules=[s3.LifecycleRule(abort_incomplete_multipart_upload_after=Duration.days(7))],
            removal_policy=stage.removal,
        )
        _suppress(bucket, {"AwsSolutions-S1": PUBLIC_FILES})
        return bucket

    def _headers(self, name: str, rules: str) -> cloudfront.ResponseHeadersPolicy:
        same = {"X-Content-Type-Options", "Referrer-Policy"}
        return cloudfront.ResponseHeadersPolicy(
            self,
            name,
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=rules, override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER, override=True
                ),
                strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=YEAR, override=True
                ),
            ),
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(header=name, value=value, override=True)
                    for name, value in PLAIN.items()
                    if name not in same
                ]
            ),
        )

    def _distribution(
        self,
        stage: Stage,
        api: Api,
        *,
        pages: cloudfront.ResponseHeadersPolicy,
        unpacking: cloudfront.ResponseHeadersPolicy,
    ) -> cloudfront.Distribution:
        https = cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS
        first_page = cloudfront.Function(
            self,
            "FirstPage",
            code=cloudfront.FunctionCode.from_inline(FIRST_PAGE),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        origin = origins.S3BucketOrigin.with_origin_access_control(self.files)

        def files(headers: cloudfront.ResponseHeadersPolicy) -> cloudfront.BehaviorOptions:
            return cloudfront.BehaviorOptions(
                origin=origin,
                viewer_protocol_policy=https,
                cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
                response_headers_policy=headers,
                function_associations=[
                    cloudfront.FunctionAssociation(
                        event_type=cloudfront.FunctionEventType.VIEWER_REQUEST, function=first_page
                    )
                ],
            )

        distribution = cloudfront.Distribution(
            self,
            "Pages",
            comment=f"asset-versions-{stage.name}",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            default_behavior=cloudfront.BehaviorOptions(
                origin=_api_origin(stage, api),
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
                allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
                cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
                origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            ),
            # The first that fits counts.
            additional_behaviors={
                BASE.rstrip("/"): files(pages),
                f"{BASE}{UNPACKING}*": files(unpacking),
                f"{BASE}*": files(pages),
            },
        )
        _suppress(distribution, SUPPRESSED)
        return distribution


def _api_origin(stage: Stage, api: Api) -> origins.HttpOrigin:
    if stage.domain:
        path = f"/{stage.domain.base_path}".rstrip("/")
        return origins.HttpOrigin(stage.domain.name, origin_path=path or None)
    return origins.HttpOrigin(Fn.select(2, Fn.split("/", api.http.api_endpoint)))


def _suppress(resource: Construct, reasons: dict[str, str]) -> None:
    rules = [{"id": rule, "reason": reason} for rule, reason in reasons.items()]
    NagSuppressions.add_resource_suppressions(resource, rules)
