"""handler400, 403, 404 and 429, and what is said of a form too large: in the desk with its navigation, else in public.

Whoever works at the desk stays there: the page has the entries, and the way back to 待办. When the desk itself can't
be shown (nobody is signed in, the database is away) the public page says the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import Error
from django.http import HttpRequest, HttpResponse

from mingchuang.core.files.store import MOST_BYTES
from mingchuang.desk import frame
from mingchuang.portal.pages import problems as portal
from mingchuang.site import outage
from mingchuang.ui import problems
from mingchuang.ui.problems import Problem, page_of

log = logging.getLogger(__name__)

DESK = "/desk/"
WAYS = (("返回待办", DESK), ("帮助", "/desk/help/"))
NOT_YOURS = Problem(
    "没有这个页面，或者不归您办理",
    (
        "地址可能有误，所指的内容可能已经删除，也可能由别的单位或者岗位办理。",
        "应当由您办理的，都在“待办”里；需要别的岗位的，请联系本单位管理员。",
    ),
    WAYS,
)
_MEGABYTE = 2**20
_BYTES_A_CHARACTER = 3  # of Chinese in UTF-8, as a form with files sends it
# All of the bytes are read before the answer, or the browser shows a broken connection instead of it; up to here.
_READ_AWAY = 64 * _MEGABYTE


def too_large() -> Problem:
    """What is said of a form whose text, or of an upload whose bytes, are more than is taken."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    characters = most // _BYTES_A_CHARACTER // 10_000
    return Problem(
        "提交的内容太大，没有保存",
        (
            f"正文最多约{characters}万字（一次提交的文字最多{most // _MEGABYTE} MB），"
            f"附件最多{MOST_BYTES // _MEGABYTE} MB。",
            "以前保存的内容没有受影响。请返回上一页，把正文缩短或者分成几件，长的材料改作附件，再提交一次。",
        ),
        WAYS,
    )


class BodyLimit:
    """Middleware after sign-in and before anything reads the form: says no to a body too large by its length alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdecimal() else 0
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if request.content_type == "multipart/form-data":
            most += MOST_BYTES
        if size <= most:
            return self.get_response(request)
        _read_away(request, size)
        return _answer(request, too_large(), 413)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    return _in_desk(request, NOT_YOURS, 404) or portal.not_found(request, exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return _in_desk(request, NOT_YOURS, 403) or problems.forbidden(request, exception)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW."""
    return _answer(request, problems.STALE_FORM, 403)


def bad_request(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """handler400; a form whose text is too large, seen only while it was read, is 413."""
    if isinstance(exception, RequestDataTooBig):
        return _answer(request, too_large(), 413)
    answer = outage.bad_request(request, exception)
    return (_in_desk(request, problems.BAD_REQUEST, 400) or answer) if answer.status_code == 400 else answer


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """handler429, by allauth: every limit of ours is so many within a minute (`ACCOUNT_RATE_LIMITS`)."""
    answer = page_of(problems.TOO_OFTEN, 429, request.path)
    answer["Retry-After"] = str(problems.WAIT_SECONDS)
    answer["Cache-Control"] = "no-store"
    return answer


def _answer(request: HttpRequest, problem: Problem, status: int) -> HttpResponse:
    return _in_desk(request, problem, status) or page_of(problem, status, request.path)


def _in_desk(request: HttpRequest, problem: Problem, status: int) -> HttpResponse | None:
    """The problem in the desk's frame; None outside the desk, and when its frame can't be made."""
    user = getattr(request, "user", None)
    if not request.path_info.startswith(DESK):
        return None
    try:
        if user is None or not user.is_authenticated:
            return None
        return frame.show(
            request, "ui/problem_desk.html", problem.title, {"problem": problem}, current="", status=status
        )
    except Error as error:
        # The frame counts what waits; without a database the same is said without it.
        log.warning("no desk around a problem: %s", error)
        return None


def _read_away(request: HttpRequest, size: int) -> None:
    left = min(size, _READ_AWAY)
    while left > 0 and (part := request.read(min(left, _MEGABYTE))):
        left -= len(part)
