"""What the service advises those who read routes, and the command that does it here."""

NO_VERSION = "getVersions lists them; an alias like a number is named by assetVersionIdAlias."

# Each in the service's own words; a test holds them to be those.
COMMANDS = {
    NO_VERSION: "See: avs log {asset}",
    "GET /database lists those that you may read; POST /database makes one.": (
        "See: avs ls; to make one: avs create DB"
    ),
    "GET /database/{databaseId}/assets lists those that you may read; POST /assets makes one.": (
        "See: avs ls {database}; to make one: avs create {asset}"
    ),
    "listFiles lists those of now, or of an assetVersionId; includeArchived adds archived ones.": (
        "See: avs ls {asset}@VERSION"
    ),
    "The reply that accepted it has its id.": "See: avs jobs {asset}",
    "GET /webhooks lists yours; POST /webhooks makes one.": "See: avs webhooks list",
    "The list of the webhook's deliveries has it for some days.": "See: avs webhooks deliveries {webhook}",
    "GET /auth/me?databaseId=…&assetId=… tells what you may do there, and by which rule.": (
        "Which rule decides: avs why {asset}"
    ),
    "; take another, or move it by an update with moveAlias.": (
        "Take another, or move it: avs tag {asset}@VERSION ALIAS --move"
    ),
}


def as_commands(text: str) -> tuple[str, str]:
    """What the service says without its advice, and what to do instead; "" where it advises nothing."""
    for advice, instead in COMMANDS.items():
        if advice in text:
            return text.replace(advice, "").strip(), instead
    return text, ""
