"""For monitors: is the process alive, and can it work. Nothing secret in either answer."""

from __future__ import annotations

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mingchuang.site import database_file


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when it does not; a file moved away under an open connection does not."""
    try:
        database_file.give_up_moved()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"ready": False, "reason": "database"}, status=503)
    return JsonResponse({"ready": True})
