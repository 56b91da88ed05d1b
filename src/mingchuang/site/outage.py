"""When the database can't be used: one page that says why, in Chinese, and that reading goes on without it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse

from mingchuang.site import failures
from mingchuang.site.public_requests import WITH_SESSION
from mingchuang.ui.problems import Problem, broken, page_of

log = logging.getLogger(__name__)

TITLE = "后台暂时不能使用"
SENTENCES = (
    "数据库打不开，办理、审核、登记都暂停；已经公开的信息照常可以查阅和检索。",
    "您刚才填写的内容没有提交。请不要关闭页面，稍后返回上一页再提交一次。",
    "管理员请运行 mingchuang doctor，它会说明原因和处理办法。",
)
WAYS = (("查阅已公开的信息", "/"), ("检索", "/search/"), ("再试一次", "/desk/"))
RETRY_SECONDS = "60"


class DatabaseOutage:
    """Middleware outside everything that asks the database: turns one that can't be used into a 503 with reasons."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            if request.path_info.startswith(WITH_SESSION):
                # Some of these pages would open without it, the sign-in form for one, and lead nowhere.
                connection.ensure_connection()
            return self.get_response(request)
        except (DatabaseError, InterfaceError) as error:
            if not failures.is_unusable_database(error):
                raise
            return refuse(request, error)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django calls this for errors raised in views, before it would make a 500 page of them."""
        return refuse(request, exception) if failures.is_unusable_database(exception) else None


def refuse(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The 503 page; the database's own words go to the log, not to the reader."""
    log.error("the database cannot be used: %s", error)
    answer = page_of(Problem(TITLE, SENTENCES, WAYS), 503, request.path)
    answer["Retry-After"] = RETRY_SECONDS
    answer["Cache-Control"] = "no-store"
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. A middleware's error goes neither of the ways above: Django asks here while it is handled."""
    error = sys.exc_info()[1]
    if error is not None and failures.is_unusable_database(error):
        return refuse(request, error)
    return broken(request)
