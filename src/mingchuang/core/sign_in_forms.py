"""allauth's forms in the words of the house (docs/glossary.md: 账号, 密码, 两步验证, 验证码, 恢复码)."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm

from mingchuang.core.passwords import RULES

CODE_HINT = "验证器上现在显示的6位数字；手机不在身边时，用一个恢复码"


class LoginForm(account.LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "账号"


class ChangePasswordForm(account.ChangePasswordForm):
    """The old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = RULES
        self.fields["password2"].label = "新密码（再输一次）"

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean()
        if given.get("password1") and given["password1"] == given.get("oldpassword"):
            self.add_error("password1", "新密码和当前密码相同，请换一个。")
        return given


class ReauthenticateForm(account.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class CodeForm(mfa.AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label, self.fields["code"].help_text = "验证码", CODE_HINT


class CodeAgainForm(mfa.ReauthenticateForm):
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label, self.fields["code"].help_text = "验证码", CODE_HINT


class ActivateForm(ActivateTOTPForm):
    """The first code of an authenticator just set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label, self.fields["code"].help_text = "验证码", "验证器上现在显示的6位数字"
