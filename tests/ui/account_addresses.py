"""The accounts' addresses and the session's, alone: these pages are tested without the rooms above."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import TemplateView

from mingchuang.ui import session


def work(request: HttpRequest) -> HttpResponse:
    """Any page of the desk: a request that counts as work."""
    return HttpResponse("ok")


urlpatterns = [
    path("accounts/locked/", TemplateView.as_view(template_name="account/locked.html")),
    path("accounts/", include("mingchuang.site.account_urls")),
    path("desk/session/", session.status),
    path("desk/", work),
]
