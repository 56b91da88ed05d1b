"""When the database can't be reached: one page that says why, in Chinese, and that reading goes on without it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>后台暂时不能使用</title>
<body style="font:18px/1.75 sans-serif;max-width:38em;margin:3em auto;padding:0 1em;color:#1b2a2f;background:#fbfaf7">
<h1>后台暂时不能使用</h1>
<p>数据库打不开，办理、审核、登记都暂停；已经公开的信息照常可以<a href="/">查阅</a>和<a href="/search/">检索</a>。</p>
<p>您刚才填写的内容没有提交。请不要关闭页面，稍后返回上一页再提交一次。</p>
<p>管理员请运行 <code>mingchuang doctor</code>，它会说明原因和处理办法。</p>
"""


class DatabaseOutage:
    """Outermost middleware: turns a database that can't be opened into a 503 that explains itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError):
            return self.refuse()

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django calls this for errors raised in views, before it would make a 500 page of them."""
        return self.refuse() if isinstance(exception, OperationalError | InterfaceError) else None

    def refuse(self) -> HttpResponse:
        """The 503 page; the reason itself goes to the log, not to the reader."""
        log.exception("the database cannot be used")
        return HttpResponse(PAGE, status=503, headers={"Retry-After": "60"})
