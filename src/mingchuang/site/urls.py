"""All addresses of the installation."""

from django.urls import include, path

from mingchuang.site import health_views

urlpatterns = [
    path("desk/", include("mingchuang.desk.urls")),
    path("previews/", include("mingchuang.desk.preview_urls")),
    path("accounts/", include("mingchuang.site.account_urls")),
    path("healthz", health_views.alive),
    path("readyz", health_views.ready),
    path("", include("mingchuang.portal.urls")),
]
handler400 = "mingchuang.site.problem_pages.bad_request"
handler403 = "mingchuang.site.problem_pages.forbidden"
handler404 = "mingchuang.site.problem_pages.not_found"
handler429 = "mingchuang.site.problem_pages.too_many_requests"  # asked for by allauth
handler500 = "mingchuang.site.outage.server_error"
