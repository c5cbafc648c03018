"""How commands are called: what stands at the end of each `--help`."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "": (
        "avs login https://assets.example.com",
        "avs create cars",
        "avs create cars/engine",
        "avs push engine cars/engine -m 'As designed'",
        "avs log cars/engine",
        "avs diff cars/engine@1 2",
        "avs revert cars/engine@1",
        "avs pull cars/engine engine",
    ),
    "login": (
        "avs login https://assets.example.com",
        "avs login https://assets.example.com --user mara --profile studio",
        "echo $TOKEN | avs login https://assets.example.com --token",
    ),
    "logout": ("avs logout", "avs logout --profile studio"),
    "whoami": ("avs whoami", "avs whoami --json"),
    "profiles": ("avs profiles", "avs profiles studio"),
    "create": ("avs create cars", "avs create cars/engine --name 'The engine'"),
    "push": (
        "avs push engine cars/engine -m 'As designed'",
        "avs push engine cars/engine --delete --dry-run",
        "avs push engine cars/engine --alias approved --alias 2026-w12",
    ),
    "pull": (
        "avs pull cars/engine",
        "avs pull cars/engine@approved engine",
        "avs pull cars/engine@3 engine --path textures --delete",
    ),
    "status": ("avs status", "avs status engine --json"),
    "ls": ("avs ls", "avs ls cars", "avs ls cars/engine", "avs ls cars/engine@3 textures/"),
    "log": ("avs log cars/engine", "avs log cars/engine -n 5 --json"),
    "show": ("avs show cars/engine", "avs show cars/engine@approved"),
    "diff": (
        "avs diff cars/engine@1 2",
        "avs diff cars/engine@approved current --stat",
        "avs diff cars/engine@current",
    ),
    "cat": ("avs cat cars/engine notes.txt", "avs cat cars/engine@3 notes.txt > notes-3.txt"),
    "revert": (
        "avs revert cars/engine@1 -m 'Back to the first'",
        "avs revert cars/engine@1 --path textures/ --dry-run",
    ),
    "verify": ("avs verify cars/engine", "avs verify cars/engine@approved --json"),
    "jobs": (
        "avs jobs cars/engine",
        "avs jobs",
        "avs jobs cars/engine 01a21b96-5778-7484-8ee5-aaa27807af1c --wait",
    ),
    "publish": ("avs publish cars/engine@3", "avs publish cars/engine@current"),
    "archive": ("avs archive cars/engine@1",),
    "unarchive": ("avs unarchive cars/engine@1",),
    "clone": ("avs clone cars/engine@3 -m 'A variant'",),
    "delete": ("avs delete cars/engine@1", "avs delete cars/engine@1 --yes"),
    "protect": ("avs protect cars/engine@3", "avs protect cars/engine@3 --off"),
    "tag": (
        "avs tag cars/engine",
        "avs tag cars/engine@3 approved",
        "avs tag cars/engine@4 approved --move",
        "avs tag cars/engine@4 approved --remove",
    ),
    "watch": ("avs watch cars/engine", "avs watch cars/engine engine --quiet 60"),
    "why": ("avs why cars/engine", "avs why cars/engine --user mara"),
    "open": ("avs open cars/engine", "avs open cars/engine@3"),
    "completion": ("avs completion bash > ~/.local/share/bash-completion/completions/avs",),
    "webhooks list": ("avs webhooks list",),
    "webhooks create": (
        "avs webhooks create https://hooks.example.com/avs",
        "avs webhooks create https://hooks.example.com/avs --event version.published --of cars",
    ),
    "webhooks show": ("avs webhooks show WEBHOOK",),
    "webhooks enable": ("avs webhooks enable WEBHOOK",),
    "webhooks delete": ("avs webhooks delete WEBHOOK",),
    "webhooks secret": ("avs webhooks secret WEBHOOK",),
    "webhooks test": ("avs webhooks test WEBHOOK",),
    "webhooks deliveries": ("avs webhooks deliveries WEBHOOK -n 5",),
    "webhooks redeliver": ("avs webhooks redeliver WEBHOOK DELIVERY",),
    "webhooks replay": ("avs webhooks replay WEBHOOK --from 2026-03-15T08:00:00Z --to 2026-03-15T09:00:00Z",),
}


def below(command: str) -> str:
    """As click takes it: its mark keeps the lines as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {one}" for one in EXAMPLES[command])
