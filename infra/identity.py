"""Who may sign in: the Cognito user pool, its public client and the groups that are the starter roles."""

from aws_cdk import Duration
from aws_cdk import aws_cognito as cognito
from cdk_nag import NagSuppressions
from constructs import Construct

from infra.stage import Stage

GROUPS = {
    "admin": "Everything.",
    "editor": "Everything but policy and delete.",
    "viewer": "Read.",
}


class Identity(Construct):
    def __init__(self, scope: Construct, construct_id: str, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self.pool = self._pool(stage)
        self.client = self.pool.add_client(
            "Client",
            generate_secret=False,
            disable_o_auth=True,
            auth_flows=cognito.AuthFlow(user_password=True, user_srp=True),
            access_token_validity=Duration.minutes(60),
            id_token_validity=Duration.minutes(60),
            refresh_token_validity=Duration.days(30),
            prevent_user_existence_errors=True,
        )
        for name, description in GROUPS.items():
            cognito.CfnUserPoolGroup(
                self,
                name.capitalize(),
                user_pool_id=self.pool.user_pool_id,
                group_name=name,
                description=description,
            )

    def _pool(self, stage: Stage) -> cognito.UserPool:
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
                "reason": "Scripts sign in with a password, so MFA is each user's choice.",
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
