"""How long a session still lasts, told without prolonging it. The desk's pages ask, and warn before it ends."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mingchuang.core.now import now


def _seconds_left(session: Any) -> int:
    """Whole seconds until the stored session ends; 0 when it is gone. Only the database knows: a look moves nothing."""
    row = session.model.objects.filter(session_key=session.session_key).values_list("expire_date", flat=True).first()
    return max(0, int((row - now()).total_seconds())) if row else 0


@require_GET
@never_cache
def status(request: HttpRequest) -> JsonResponse:
    """`{"signed_in": bool, "seconds": int}`; needs sessions in the database (the default engine).

    SESSION_SAVE_EVERY_REQUEST would count this question as work and keep an empty chair signed in for ever. The
    session is therefore taken off the request before its middleware could save it, which it accepts.
    """
    signed_in = bool(request.user.is_authenticated)
    answer = JsonResponse({"signed_in": signed_in, "seconds": _seconds_left(request.session) if signed_in else 0})
    del request.session
    return answer
