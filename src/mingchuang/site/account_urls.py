"""Accounts: allauth's pages. Sign-up is closed (accounts are opened by the administrator); its page says so."""

from allauth.account import views as account
from allauth.decorators import rate_limit
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.decorators import method_decorator


class PasswordChange(account.PasswordChangeView):  # type: ignore[misc] # allauth has no types
    """Changing the own password: only what is sent counts towards the limit, a look at the form doesn't."""

    @method_decorator(rate_limit(action="send_password"))
    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", PasswordChange.as_view(), name="account_change_password"),
    path("signup/", account.signup, name="account_signup"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
