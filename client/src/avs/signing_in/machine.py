"""Sign in as a machine: its client id and secret, and nobody's password."""

from avs.signing_in.tokens import Tokens, ask_for_tokens, from_oauth


def sign_in(sign_in_url: str, client: str, secret: str) -> Tokens:
    """Such a token is never refreshed: the secret gets the next one."""
    said = ask_for_tokens(sign_in_url, {"grant_type": "client_credentials"}, (client, secret))
    return from_oauth(said, secret)
