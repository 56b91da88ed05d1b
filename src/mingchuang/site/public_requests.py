"""Public pages are the same for everybody: no session is read there, prolonged or written."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

WITH_SESSION = ("/desk/", "/accounts/")


class NoSessionOnPublicPages:
    """Middleware outside the session's: takes the session cookie off requests for public addresses.

    A clerk who reads the public site neither stays signed in by it nor needs the database for it: the search answers
    while the database is away, with the cookie in the browser all the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(WITH_SESSION):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.get_response(request)
