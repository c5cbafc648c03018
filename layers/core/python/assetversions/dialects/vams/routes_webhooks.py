"""The routes of webhooks."""

from assetversions.dialects.common.lazy import LazyModule
from assetversions.dialects.common.route import Route, bare

errors = LazyModule("vams.errors")
replies = LazyModule("vams.replies.webhooks")
requests = LazyModule("vams.requests.webhooks")

_ONE = "/webhooks/{webhookId}"

ROUTES = tuple(
    # Here, decoders have the names of their operations.
    Route(key, operation, getattr(requests, operation), bare(encode), errors.error)
    for key, operation, encode in (
        ("POST /webhooks", "create_webhook", replies.created),
        ("GET /webhooks", "list_webhooks", replies.webhooks),
        (f"GET {_ONE}", "get_webhook", replies.webhook),
        (f"PUT {_ONE}", "update_webhook", replies.updated),
        (f"DELETE {_ONE}", "delete_webhook", replies.deleted),
        (f"POST {_ONE}/secret", "rotate_webhook_secret", replies.rotated),
        (f"POST {_ONE}/test", "try_webhook", replies.sent),
        (f"GET {_ONE}/deliveries", "list_deliveries", replies.deliveries),
        (f"POST {_ONE}/deliveries/{{deliveryId}}/redeliver", "redeliver", replies.sent),
        (f"POST {_ONE}/replay", "replay_deliveries", replies.replayed),
    )
)
