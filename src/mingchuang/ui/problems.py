"""Pages for what went wrong: each says what happened and what to do, in the public look, without the database.

`site.problem_pages` answers with these, inside the desk in its frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from mingchuang.ui.context import public_page

WAYS = (("搜索政府信息", "/search/"), ("返回首页", "/"))


@dataclass(frozen=True)
class Problem:
    """What happened (`title`), what it means and what to do (`sentences`), where to go (`ways`: label, address)."""

    title: str
    sentences: Sequence[str]
    ways: Sequence[tuple[str, str]] = WAYS
    reference: str = ""


NOT_FOUND = Problem(
    "没有找到这个页面",
    ("地址可能有误，或者页面已经调整。已撤下的信息会在原地址保留撤下说明。", "可以在上方按标题、文号或单位搜索。"),
)
FORBIDDEN = Problem(
    "您没有权限进行这项操作",
    ("这项操作需要相应的岗位权限。如确有需要，请联系本单位管理员。",),
    (("返回工作台", "/desk/"), ("返回首页", "/")),
)
STALE_FORM = Problem(
    "表单已过期，内容没有提交",
    ("登录状态在填写期间发生了变化。", "请返回上一页并刷新，已填写的内容保存在本机，会自动恢复，再提交一次即可。"),
    (("返回工作台", "/desk/"),),
)
WAIT_SECONDS = 60
TOO_OFTEN = Problem(
    "操作过于频繁，请稍候",
    (
        "为防止他人猜测密码，短时间内的次数有限制。刚才提交的内容没有生效。",
        f"请过{WAIT_SECONDS}秒再试；不是您本人操作的，请告诉管理员。",
    ),
    (("返回工作台", "/desk/"), ("返回首页", "/")),
)
BAD_REQUEST = Problem("请求无法识别", ("浏览器发来的内容不完整或不符合要求，没有做任何改动。",))
BROKEN = Problem(
    "系统暂时出了问题",
    ("您的操作没有完成，系统已记录这次故障。请稍后再试。", "已公开的信息仍可在首页和列表中查阅。"),
    (("返回首页", "/"),),
)


def page_of(problem: Problem, status: int, path: str) -> HttpResponse:
    """The problem as a page; never indexed."""
    page = public_page(path, title=problem.title, noindex=True)
    return HttpResponse(render_to_string("ui/problem.html", {"page": page, "problem": problem}), status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; also baked as /404.html."""
    return page_of(NOT_FOUND, 404, request.path)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return page_of(FORBIDDEN, 403, request.path)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token against forgery (CSRF_FAILURE_VIEW)."""
    return page_of(STALE_FORM, 403, request.path)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return page_of(BAD_REQUEST, 400, request.path)


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return page_of(BROKEN, 500, request.path)
