"""When the database can't be used or the disk is full: one page that says why, and that reading goes on."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import replace

from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from mingchuang.site import database_file, failures
from mingchuang.site.public_requests import WITH_SESSION
from mingchuang.ui import problems
from mingchuang.ui.problems import Problem, broken, page_of

log = logging.getLogger(__name__)

WAYS = (("查阅已公开的信息", "/"), ("检索", "/search/"), ("再试一次", "/desk/"))
AGAIN = "您刚才填写的内容没有提交。请不要关闭页面，稍后返回上一页再提交一次。"
UNSURE = "刚才的操作也许已经完成：稍后请先打开原来的页面看一看，没有完成的再提交一次。"
OUTAGE = Problem(
    "后台暂时不能使用",
    (
        "数据库打不开，办理、审核、登记都暂停；已经公开的信息照常可以查阅和检索。",
        AGAIN,
        "管理员请运行 mingchuang doctor，它会说明原因和处理办法。",
    ),
    WAYS,
)
FULL_DISK = Problem(
    "服务器磁盘已满，暂时不能保存",
    (
        "办理、审核、登记都暂停；以前保存的内容没有受影响，已经公开的信息照常可以查阅和检索。",
        AGAIN,
        "管理员请清理磁盘；mingchuang doctor 会说明还剩多少空间。",
    ),
    WAYS,
)
RETRY_SECONDS = "60"


class DatabaseOutage:
    """Middleware outside everything that asks the database: turns one that can't be used, or a disk that takes no more,
    into a 503 with reasons. Transactions are undone by then, so nothing is half done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            if request.path_info.startswith(WITH_SESSION):
                database_file.give_up_moved()
                # Some of these pages would open without it, the sign-in form for one, and lead nowhere.
                connection.ensure_connection()
            return self.get_response(request)
        except (Error, OSError) as error:
            problem = problem_of(error)
            if problem is None:
                raise
            return refuse(request, error, problem)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django calls this for errors raised in views, before it would make a 500 page of them."""
        problem = problem_of(exception)
        return refuse(request, exception, problem) if problem else None


def problem_of(error: BaseException) -> Problem | None:
    """What the reader is told of an error: the disk is full, the database can't be used, or None: it is our mistake."""
    if failures.is_full_disk(error):
        return FULL_DISK
    return OUTAGE if failures.is_unusable_database(error) else None


def refuse(request: HttpRequest, error: BaseException, problem: Problem) -> HttpResponse:
    """The 503 page; the error's own words go to the log, not to the reader."""
    log.error("%s: %s", "the disk is full" if failures.is_full_disk(error) else "the database cannot be used", error)
    answer = page_of(problem, 503, request.path)
    answer["Retry-After"] = RETRY_SECONDS
    answer["Cache-Control"] = "no-store"
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. A middleware's error goes neither of the ways above: Django asks here while it is handled."""
    error = sys.exc_info()[1]
    problem = problem_of(error) if error is not None else None
    return refuse(request, error, problem) if error is not None and problem else broken(request)


def bad_request(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """handler400. Django takes every error at saving a session for one that was ended elsewhere, and answers 400."""
    cause: BaseException | None = exception if isinstance(exception, SessionInterrupted) else None
    while cause is not None:
        if problem := problem_of(cause):
            # The session is saved last: what the view did may well stand.
            said = tuple(UNSURE if sentence == AGAIN else sentence for sentence in problem.sentences)
            return refuse(request, cause, replace(problem, sentences=said))
        cause = cause.__cause__ or cause.__context__
    return problems.bad_request(request, exception if isinstance(exception, Exception) else None)
