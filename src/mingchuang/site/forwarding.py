"""Who really asks, when a proxy stands in front: events, lock-outs and rate limits need the visitor's address.

Only a peer named in MINGCHUANG_PROXIES is believed, and of what it forwards only the last address: the one that the
proxy itself saw. Everything before it the visitor may have written.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class VisitorAddress:
    """Middleware outside all others: puts the visitor's address in the place of a trusted proxy's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.proxies = tuple(ipaddress.ip_network(each) for each in settings.MINGCHUANG_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forwarded = _address(request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2])
        peer = _address(request.META.get("REMOTE_ADDR", ""))
        if forwarded and peer and any(peer in network for network in self.proxies):
            request.META["REMOTE_ADDR"] = str(forwarded)
        return self.get_response(request)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        return None
