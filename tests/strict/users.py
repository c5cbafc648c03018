"""A pool with one user in one group."""

from typing import Any
from uuid import uuid4

import httpx

from local.aws import client

CALLBACK = "https://console.example.com/signed-in"


class Pool:
    def __init__(self, engine: str):
        self.engine, self.user, self.password = engine, "u", "Only-a-test-1!"
        self.cognito = client("cognito-idp", engine)
        self.id = self.cognito.create_user_pool(PoolName=f"p-{uuid4()}")["UserPool"]["Id"]
        made = self.cognito.create_user_pool_client(
            UserPoolId=self.id,
            ClientName="c",
            ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            CallbackURLs=[CALLBACK],
            AllowedOAuthFlows=["code"],
            AllowedOAuthScopes=["openid"],
            AllowedOAuthFlowsUserPoolClient=True,
            SupportedIdentityProviders=["COGNITO"],
        )
        self.client_id = made["UserPoolClient"]["ClientId"]
        self.cognito.create_group(UserPoolId=self.id, GroupName="editor")
        self.cognito.admin_create_user(UserPoolId=self.id, Username=self.user, MessageAction="SUPPRESS")
        self.cognito.admin_set_user_password(
            UserPoolId=self.id, Username=self.user, Password=self.password, Permanent=True
        )
        self.cognito.admin_add_user_to_group(UserPoolId=self.id, Username=self.user, GroupName="editor")

    def sign_in(self) -> dict[str, str]:
        """AccessToken, IdToken and RefreshToken."""
        found: dict[str, str] = self._auth("USER_PASSWORD_AUTH", USERNAME=self.user, PASSWORD=self.password)
        return found

    def refresh(self, refresh_token: str) -> dict[str, str]:
        return self._auth("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=refresh_token)

    def _auth(self, flow: str, **parameters: str) -> dict[str, str]:
        reply = self.cognito.initiate_auth(ClientId=self.client_id, AuthFlow=flow, AuthParameters=parameters)
        found: dict[str, str] = reply["AuthenticationResult"]
        return found

    def tokens(self, **form: str) -> dict[str, Any]:
        """What /oauth2/token answers."""
        answer = httpx.post(f"{self.engine}/oauth2/token", data={"client_id": self.client_id, **form})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found
