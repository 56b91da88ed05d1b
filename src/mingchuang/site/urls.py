"""All addresses of the installation."""

from django.urls import include, path

from mingchuang.site import health_views

urlpatterns = [
    path("desk/", include("mingchuang.desk.urls")),
    path("accounts/", include("mingchuang.site.account_urls")),
    path("healthz", health_views.alive),
    path("readyz", health_views.ready),
    path("", include("mingchuang.portal.urls")),
]
handler400 = "mingchuang.site.outage.bad_request"
handler403 = "mingchuang.ui.problems.forbidden"
handler404 = "mingchuang.portal.pages.problems.not_found"
handler500 = "mingchuang.site.outage.server_error"
