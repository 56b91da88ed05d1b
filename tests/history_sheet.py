"""Workbooks of history: old land batches (fictional), for the tests of records, desk and browser."""

from __future__ import annotations

import io

import openpyxl

LAND = ("批次", "坐落", "面积（公顷）", "批文号", "批准时间", "公告日期", "方案公告日期", "原网址")
BATCHES = (
    ("2011年第1批次（演示）", "演示镇演示村", 1.5, "演示土批〔2011〕1号", "2011-03-01", "2011-03-10", "2011-04-01", "http://example.invalid/1"),
    ("2012年第2批次（演示）", "演示镇示例村", 0.25, "演示土批〔2012〕2号", "2012-05-06", "2012-05-20", "", ""),
)  # fmt: skip
NOTE = "原在市国土资源局网站公开，网站关停，按原样导入。"


def workbook(head: tuple, *rows: tuple) -> bytes:
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
