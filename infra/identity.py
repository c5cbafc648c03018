"""Who may sign in: the Cognito user pool, its clients for people and machines, the starter groups."""

import json
from collections.abc import Mapping
from typing import Any, cast

from authz.identity import RESOURCE_SERVER, SCOPES
from aws_cdk import Aws, CfnCondition, Duration, Fn, Stack
from aws_cdk import aws_cognito as cognito
from cdk_nag import NagSuppressions
from constructs import Construct

from infra.layers import ROOT
from infra.stage import Stage

STARTER_ROLES = ROOT / "layers/auth/python/authz/starter_roles.json"
# Where a program on this machine waits for who signs in by a browser. Cognito wants each address to the
# letter, and takes plain HTTP of `localhost` alone.
RETURN_PORTS = (21764, 21765, 21766)
RETURN_PATH = "/signed-in"


class Identity(Construct):
    def __init__(self, scope: Construct, construct_id: str, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        attached = stage.attach.user_pool_id
        self.pool = (
            cognito.UserPool.from_user_pool_id(self, "Pool", attached) if attached else self._pool(stage)
        )
        lives: dict[str, Any] = {
            "access_token_validity": Duration.minutes(60),
            # The pool answers nothing about these: where they are taken, they live as short as it allows.
            "id_token_validity": Duration.minutes(5 if stage.vams.id_tokens else 60),
            "refresh_token_validity": Duration.days(30),
        }
        self.client = self.pool.add_client(
            "Client",
            generate_secret=False,
            disable_o_auth=True,
            auth_flows=cognito.AuthFlow(user_password=True, user_srp=True),
            prevent_user_existence_errors=True,
            **lives,
        )
        self.sign_in_url = self._domain(stage)
        self.machine = self._machine()
        self._pages = [f"http://localhost:{port}{RETURN_PATH}" for port in RETURN_PORTS]
        self.browsers = self._browsers(lives)
        # A pool that was there before has groups of its own, and they say who is in which.
        if not attached:
            self._add_groups(stage)

    def _add_groups(self, stage: Stage) -> None:
        for role in json.loads(STARTER_ROLES.read_text()):
            group = cognito.CfnUserPoolGroup(
                self,
                role["name"].capitalize(),
                user_pool_id=self.pool.user_pool_id,
                group_name=role["name"],
                description=role["description"],
            )
            group.apply_removal_policy(stage.removal)

    @property
    def issuer(self) -> str:
        """Who signs the tokens: the pool, under the domain of the partition it is in."""
        return f"{self._pools_url}/{self.pool.user_pool_id}"

    @property
    def _pools_url(self) -> str:
        """Where the API of all pools of the region is."""
        stack = Stack.of(self)
        return f"https://cognito-idp.{stack.region}.{stack.url_suffix}"

    @property
    def facts(self) -> dict[str, str]:
        """What clients have to know before they sign in, beside `sign_in_url`."""
        return {
            "USER_POOL_ID": self.pool.user_pool_id,
            "CLIENT_ID": self.client.user_pool_client_id,
            "SIGN_IN_CLIENT_ID": self.browsers.user_pool_client_id,
            "POOLS_URL": self._pools_url,
        }

    @property
    def client_ids(self) -> list[str]:
        """The clients whose tokens the API takes."""
        clients = (self.client, self.machine, self.browsers)
        return [one.user_pool_client_id for one in clients]

    def return_to(self, page: str) -> None:
        """Let people who have signed in, or out, in a browser come back to this page."""
        self._pages.append(page)
        resource = cast(cognito.CfnUserPoolClient, self.browsers.node.default_child)
        resource.callback_ur_ls = resource.logout_ur_ls = self._pages

    def _domain(self, stage: Stage) -> str:
        """The pool's own pages, and where tokens are given out; this is their address."""
        # Domains share one namespace in a region: the account's number makes it ours.
        prefix = f"asset-versions-{stage.name}-{Stack.of(self).account}"
        domain = self.pool.add_domain(
            "SignIn", cognito_domain=cognito.CognitoDomainOptions(domain_prefix=prefix)
        )
        # GovCloud has Cognito's FIPS endpoints alone.
        govcloud = CfnCondition(self, "GovCloud", expression=Fn.condition_equals(Aws.PARTITION, "aws-us-gov"))
        return Fn.condition_if(govcloud.logical_id, domain.base_url(fips=True), domain.base_url()).to_string()

    def _browsers(self, lives: Mapping[str, Any]) -> cognito.UserPoolClient:
        """A client for programs that let people sign in on the pool's own pages: by code and PKCE.

        It has no secret, and takes no password. The second scope lets the pool be asked who was signed out.
        """
        client = self.pool.add_client(
            "Browsers",
            generate_secret=False,
            prevent_user_existence_errors=True,
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(authorization_code_grant=True),
                scopes=[cognito.OAuthScope.OPENID, cognito.OAuthScope.COGNITO_ADMIN],
                callback_urls=self._pages,
                logout_urls=self._pages,
            ),
            **lives,
        )
        return _without_passwords(client)

    def _machine(self) -> cognito.UserPoolClient:
        """A client with a secret that gets tokens for itself; its roles are memberships of its client id."""
        scopes = [
            cognito.ResourceServerScope(scope_name=name, scope_description=description)
            for name, description in SCOPES.items()
        ]
        server = self.pool.add_resource_server("Data", identifier=RESOURCE_SERVER, scopes=scopes)
        client = self.pool.add_client(
            "Machine",
            generate_secret=True,
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(client_credentials=True),
                scopes=[cognito.OAuthScope.resource_server(server, scope) for scope in scopes],
            ),
            access_token_validity=Duration.minutes(60),
        )
        return _without_passwords(client)

    def _pool(self, stage: Stage) -> cognito.IUserPool:
        pool = cognito.UserPool(
            self,
            "Pool",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(username=True),
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_digits=True,
                require_symbols=True,
                temp_password_validity=Duration.days(3),
            ),
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(sms=False, otp=True),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            deletion_protection=stage.keep_data,
            removal_policy=stage.removal,
        )
        suppressions = [
            {
                "id": "AwsSolutions-COG2",
                "reason": "MFA is not required: nobody is asked for it who did not set it up. The API has no "
                "page to set it up on, and scripts sign in with a password alone. A role can require it.",
            },
            {
                "id": "AwsSolutions-COG3",
                "reason": "Threat protection needs Cognito's paid Plus plan: the account owner's choice.",
            },
            {
                "id": "AwsSolutions-COG8",
                "reason": "The Plus plan is the account owner's choice.",
            },
        ]
        NagSuppressions.add_resource_suppressions(pool, suppressions)
        return pool


def _without_passwords(client: cognito.UserPoolClient) -> cognito.UserPoolClient:
    """Left out, it would let people sign in with a password past the pages; nothing shorter can be said."""
    resource = cast(cognito.CfnUserPoolClient, client.node.default_child)
    resource.explicit_auth_flows = ["ALLOW_REFRESH_TOKEN_AUTH"]
    return client
