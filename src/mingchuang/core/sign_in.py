"""How people get in: no self sign-up, ordinary passwords for ordinary accounts."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from mingchuang.core.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator (`core.do.open_account`), never by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class OrdinaryBackend(AuthenticationBackend):
    """Name and password, for everyone but demonstration accounts: those enter by `core.demo_login` alone."""

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        if isinstance(user, User) and user.person.demo:
            return None
        found: AbstractBaseUser | None = super()._check_password(user, password)
        return found

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        user = super().get_user(user_id)
        return None if isinstance(user, User) and user.person.demo else user
