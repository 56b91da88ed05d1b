"""How people get in: no self sign-up, ordinary passwords for ordinary accounts."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from mingchuang.core import usernames
from mingchuang.core.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator (`core.do.open_account`), never by a visitor."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "这个账号已锁定或停用，请联系管理员。",
        "enter_current_password": "当前密码不正确。",
        "incorrect_password": "密码不正确。",
        "too_many_login_attempts": "尝试过于频繁，请过一分钟再试。",
        "username_password_mismatch": "账号或密码不正确。",
        "rate_limited": "操作过于频繁，请过一分钟再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """After the second step allauth has forgotten which door the password opened, and takes the ordinary one."""
        if isinstance(user, User) and user.person.demo and not hasattr(user, "backend"):
            user.backend = "mingchuang.core.demo_login.LoopbackOnlyBackend"
        super().login(request, user)


class SecondStep(DefaultMFAAdapter):
    """What the second step says when it refuses."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "现在不能停用两步验证。",
        "cannot_generate_recovery_codes": "请先启用两步验证，再生成恢复码。",
        "incorrect_code": "验证码不正确，或者已经过时。请输入验证器上现在显示的数字。",
    }


class OrdinaryBackend(AuthenticationBackend):
    """Name and password, for everyone but demonstration accounts: those enter by `core.demo_login` alone."""

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        if isinstance(user, User) and user.person.demo:
            return None
        found: AbstractBaseUser | None = super()._check_password(user, password)
        return found

    def _authenticate_by_username(self, username: str, password: str) -> AbstractBaseUser | None:
        return self._check_password(usernames.find(username), password)

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        user = super().get_user(user_id)
        return None if isinstance(user, User) and user.person.demo else user
