"""Numbers, shares and sizes as people read them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import PurePath

KINDS = {
    "pdf": "PDF",
    "doc": "Word",
    "docx": "Word",
    "wps": "WPS",
    "xls": "Excel",
    "xlsx": "Excel",
    "et": "WPS 表格",
    "csv": "CSV",
    "ofd": "OFD",
    "zip": "ZIP",
    "txt": "文本",
    "json": "JSON",
    "jpg": "图片",
    "jpeg": "图片",
    "png": "图片",
}


def number(value: int | float) -> str:
    """`12,345`; a float keeps at most two places."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def percent(value: float | Fraction | None) -> str:
    """A share of one as `83.3%`; None, which stands for a share of nothing, as `—` and never as 0 or 100."""
    if value is None:
        return "—"
    text = f"{float(value) * 100:.1f}".removesuffix(".0")
    # 99.96 % must not read as done, nor 0.04 % as nothing: rounding never reaches a bound that the value does not.
    if text == "100" and value < 1:
        return "99.9%"
    return "<0.1%" if text == "0" and value > 0 else f"{text}%"


def filesize(octets: int) -> str:
    """`812 字节`, `36.5 KB`, `1.2 MB` (1024 octets to the KB, as Windows shows it)."""
    if octets < 1024:
        return f"{octets} 字节"
    size = octets / 1024
    for unit in ("KB", "MB"):
        if size < 1024:
            return f"{size:.1f}".removesuffix(".0") + f" {unit}"
        size /= 1024
    return f"{size:.1f}".removesuffix(".0") + " GB"


def file_kind(name: str) -> str:
    """What a reader calls the format of a file of this name: `Word`, `PDF`; its ending in capitals if unknown."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    return KINDS.get(ending, ending.upper() or "文件")
