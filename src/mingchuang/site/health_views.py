"""For monitors: is the process alive, and can it work. Nothing secret in either answer."""

from __future__ import annotations

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mingchuang.site import database_file, still_public


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and nothing withdrawn is public, 503 with the reason otherwise.

    A database file moved away under an open connection does not answer.
    """
    try:
        database_file.give_up_moved()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        withdrawn = next(still_public.lasting(), None)
    except Error:
        return JsonResponse({"ready": False, "reason": "database"}, status=503)
    if withdrawn is not None:
        return JsonResponse({"ready": False, "reason": "withdrawn"}, status=503)
    return JsonResponse({"ready": True})
