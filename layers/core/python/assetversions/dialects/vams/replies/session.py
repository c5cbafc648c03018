"""What VAMS's clients ask of the service and of who has signed in, into bodies."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.pages import items
from assetversions.domain.results.catalog import AllowedRoutes, Session
from assetversions.domain.service_facts import ServiceFacts

API_LEVEL = "2.5.1"
FEATURES = "NOOPENSEARCH,AUTHPROVIDER_COGNITO"


def api_version(_facts: ServiceFacts) -> Reply:
    return Reply(200, {"version": API_LEVEL})


def amplify_config(facts: ServiceFacts) -> Reply:
    """The slash is VAMS's: its web pages put paths without one right behind it."""
    body = {
        "region": facts.region,
        "api": f"{facts.api_url}/",
        "cognitoUserPoolId": facts.user_pool_id,
        "cognitoAppClientId": facts.client_id,
        "tokensApi": facts.tokens_api_url,
        "cognitoUrl": facts.pools_url,
        "signInUrl": facts.sign_in_url,
        "signInClientId": facts.sign_in_client_id,
        "consoleUrl": facts.console_url,
    }
    return Reply(200, body)


def login_profile(session: Session) -> Reply:
    return items([{"userId": session.user}], None)


def allowed_routes(found: AllowedRoutes) -> Reply:
    routes = [{"method": method, "route__path": path} for method, path in found.routes]
    return Reply(200, {"allowedRoutes": routes, "email": found.user})


def secure_config(_session: Session) -> Reply:
    """What VAMS's clients do without where it is named: they list, where there is no search."""
    return Reply(200, {"featuresEnabled": FEATURES, "locationServiceApiUrl": "", "webDeployedUrl": ""})


def buckets(session: Session) -> Reply:
    name, prefix = session.bucket, session.prefix or "/"
    return items([{"bucketId": name, "bucketName": name, "baseAssetsPrefix": prefix}], None)


def no_schemas(_session: Session) -> Reply:
    return items([], None)
