"""What a password must be, in words (Django's own sentence on the length has no Chinese translation)."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher, make_password
from django.contrib.auth.password_validation import MinimumLengthValidator

LEAST: Final = 10
RULES: Final = f"至少{LEAST}个字符；不要全是数字，不要用常见的密码，不要和账号相近。"


class LongEnough(MinimumLengthValidator):
    """At least `LEAST` characters; for AUTH_PASSWORD_VALIDATORS."""

    def __init__(self, min_length: int = LEAST) -> None:
        super().__init__(min_length)

    def get_error_message(self) -> str:
        return f"密码太短，至少要{self.min_length}个字符。"

    def get_help_text(self) -> str:
        return f"密码至少要{self.min_length}个字符。"


class _Quick(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 64
    parallelism = 1


def of_a_drawn_one(password: str) -> str:
    """What is kept of a password drawn by lot and shown once (the demonstration's: more than 50 bits), as Django keeps
    passwords: nobody finds such a one by trying, however quick a try is. At the first signing in Django keeps it again
    in the way of people's own."""
    usual = get_hasher()
    return make_password(password, hasher=_Quick() if isinstance(usual, Argon2PasswordHasher) else usual)
