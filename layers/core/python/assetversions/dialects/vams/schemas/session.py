"""The service, who has signed in, and who is told of what."""

from assetversions.dialects.common.schema import (
    ADDRESS,
    TEXT,
    TEXTS,
    Named,
    array,
    maybe,
    one_of,
    whole,
    word,
)
from assetversions.dialects.openapi.described import Described
from assetversions.dialects.vams.requests import session, subscriptions, unsubscribing
from assetversions.dialects.vams.requests.common import Paging
from assetversions.dialects.vams.schemas.common import SUCCESS, page

PROFILE = Named("LoginProfile", page(whole(userId=TEXT)))
BUCKETS = Named("BucketList", page(whole(bucketId=TEXT, bucketName=TEXT, baseAssetsPrefix=TEXT)))
ALLOWED = Named("AllowedRoutes", whole(allowedRoutes=array(whole(method=TEXT, route__path=TEXT)), email=TEXT))
SUBSCRIPTIONS = Named(
    "SubscriptionList",
    page(
        whole(
            eventName=word("Asset Version Change"),
            entityName=word("Asset"),
            entityId=TEXT,
            entityValue=TEXT,
            databaseId=TEXT,
            subscribers=TEXTS,
        )
    ),
)
SUBSCRIBED = Named("Subscribed", whole(message=one_of("success", "Subscription doesn't exists.")))
HTML = ("text/html",)

ROUTES = {
    "GET /api/version": Described(Named("ApiVersion", whole(version=TEXT)), called="get_version_of_api"),
    "GET /api/amplify-config": Described(
        Named(
            "AmplifyConfig",
            whole(
                region=TEXT,
                api=ADDRESS,
                cognitoUserPoolId=TEXT,
                cognitoAppClientId=TEXT,
                tokensApi=ADDRESS,
                cognitoUrl=ADDRESS,
                signInUrl=ADDRESS,
                signInClientId=TEXT,
                consoleUrl=maybe(ADDRESS),
            ),
        ),
        called="get_amplify_config",
    ),
    "GET /auth/loginProfile/{userId}": Described(PROFILE, called="get_login_profile"),
    "POST /auth/loginProfile/{userId}": Described(PROFILE, body=(session.ProfileBody,)),
    "POST /auth/routes": Described(ALLOWED, body=(session.RoutesBody,)),
    "GET /secure-config": Described(
        Named("SecureConfig", whole(featuresEnabled=TEXT, locationServiceApiUrl=TEXT, webDeployedUrl=TEXT)),
        called="get_secure_config",
    ),
    "GET /buckets": Described(BUCKETS, called="list_buckets"),
    "GET /metadataschema": Described(Named("MetadataSchemaList", page(whole())), session.SchemaQuery),
    "GET /subscriptions": Described(SUBSCRIPTIONS, Paging),
    "POST /subscriptions": Described(SUCCESS, body=(subscriptions.SubscriptionBody,)),
    "PUT /subscriptions": Described(SUCCESS, body=(subscriptions.SubscriptionBody,)),
    "DELETE /subscriptions": Described(SUCCESS, body=(subscriptions.SubscribedBody,)),
    "POST /check-subscription": Described(SUBSCRIBED, body=(subscriptions.CheckBody,)),
    "DELETE /unsubscribe": Described(SUCCESS, body=(subscriptions.SubscriptionBody,)),
    "GET /unsubscribe": Described(TEXT, kinds=HTML),
    "POST /unsubscribe": Described(TEXT, unsubscribing.TicketQuery, kinds=HTML),
}
