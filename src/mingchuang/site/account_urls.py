"""Accounts: allauth's pages. Sign-up is closed (accounts are opened by the administrator); its page says so."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("signup/", account.signup, name="account_signup"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
