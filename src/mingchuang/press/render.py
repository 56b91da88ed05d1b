"""Asking the Django application for a page, as a citizen's browser would, without a server between."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

# Not an HTTP header: a client can't send it.
BAKING = "mingchuang.press.baking"


@dataclass(frozen=True, slots=True)
class Rendered:
    """The application's answer: status, Content-Type, bytes, and whether it would set a cookie."""

    status: int
    content_type: str
    body: bytes
    sets_cookie: bool = False


Render = Callable[[str], Rendered]


class Handler(Protocol):
    """What is asked of Django's handler."""

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to a request, through every middleware."""


def is_baking(request: HttpRequest) -> bool:
    """Whether the baker asks, and the answer will stand in the public folder."""
    return request.META.get(BAKING) is True


class DjangoRenderer:
    """Renders addresses through every middleware and view, anonymously.

    Host and scheme are those of `address` (default `settings.MINGCHUANG_ADDRESS`); the host must be allowed.
    The connection to the database stays open between pages: Django's own closing belongs to a server's request.
    """

    def __init__(self, handler: Handler | None = None, address: str | None = None) -> None:
        self._handler = handler
        self._address = address

    def __call__(self, address: str) -> Rendered:
        """The answer for a percent-decoded address. Errors of the application are answers (500), not exceptions."""
        if self._handler is None:
            self._handler = WSGIHandler()
        set_script_prefix("/")
        response = self._handler.get_response(WSGIRequest(self._environ(address)))
        if getattr(response, "streaming", False):
            body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
            # Not response.close(): its signal would close the database connection of this thread.
            file = getattr(response, "file_to_stream", None)
            if file is not None:
                file.close()
        else:
            body = bytes(response.content)  # type: ignore[attr-defined]
        kind = response.headers.get("Content-Type", "")
        return Rendered(response.status_code, kind, body, sets_cookie=bool(response.cookies))

    def _environ(self, address: str) -> dict[str, Any]:
        public = urlsplit(self._address or settings.MINGCHUANG_ADDRESS)
        port = public.port or (443 if public.scheme == "https" else 80)
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": address.encode("utf-8").decode("latin-1"),
            "QUERY_STRING": "",
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_NAME": public.hostname or "127.0.0.1",
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": public.netloc,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": public.scheme or "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            BAKING: True,
        }
