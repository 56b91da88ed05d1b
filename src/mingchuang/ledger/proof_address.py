"""Addresses that prove something: ones that a citizen can open, with nothing of the writer's in them.

An address of this very site stands for the record behind it, which then is the proof: it follows the record when that
is corrected or taken down, which an address wouldn't.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from mingchuang.norms.outcome import Issue
from mingchuang.records.models import Record

MOST_URL: Final = 1000
#: Names that mean something on one machine or in one house only (RFC 6761, RFC 6762, RFC 8375, ICANN 2024).
_INNER: Final = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa")
_RECORD: Final = re.compile(r"/records/([0-9]{1,18})(?:/.*)?")
_PORTS: Final = {"http": 80, "https": 443}


def record_of(url: str) -> Record | None:
    """The public record that an address of this site shows; None for any other address."""
    parts = _split(url)
    if parts is None or not _is_ours(parts):
        return None
    named = _RECORD.fullmatch(parts.path)
    if named is None:
        return None
    return Record.objects.filter(pk=int(named[1]), visibility=Record.Visibility.PUBLIC).first()


def issues(url: str) -> list[Issue]:
    """Every reason against an address as a proof; empty for one of a public record here, and for one out there."""
    parts = _split(url)
    if parts is None or len(url) > MOST_URL:
        return [_issue(f"网址要以 http:// 或 https:// 开头，不超过 {MOST_URL} 字。")]
    found = []
    if parts.username is not None or parts.password is not None:
        found.append(_issue("网址里带有账号或者密码，公开以后人人可见：请去掉“@”和它前面的部分。"))
    if _is_ours(parts):
        if record_of(url) is None:
            found.append(_issue("本站的网址只能是已公开记录的页面；工作台和其他页面不能作为凭证，请改填记录的索引号。"))
    elif _is_inner(parts.hostname or ""):
        found.append(_issue("这个网址只在本机或者内部网络打得开，公众看不到，不能作为凭证。"))
    return found


def _issue(message: str) -> Issue:
    return Issue("ledger.proof_url", message, field="url")


def _split(url: str) -> SplitResult | None:
    """The parts of a web address, or None for what is none."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if sound and not re.search(r"[\s\\\x00-\x1f\x7f]", url) else None


def _is_ours(parts: SplitResult) -> bool:
    """Whether it leads to this site, by whichever of the two schemes."""
    own = urlsplit(settings.MINGCHUANG_ADDRESS)
    same_port = _port(parts) == _port(own) or {_port(parts), _port(own)} == set(_PORTS.values())
    return _host(parts.hostname) == _host(own.hostname) and same_port


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS.get(parts.scheme, 0)


def _host(name: str | None) -> str:
    return (name or "").rstrip(".").lower()


def _is_inner(name: str) -> bool:
    """An address or a name that isn't everybody's, or another name of this machine."""
    host = _host(name)
    try:
        return not ipaddress.ip_address(host.partition("%")[0]).is_global
    except ValueError:
        pass
    if "." not in host or re.fullmatch(r"(?:0x[0-9a-f]*|[0-9]+)", host.rpartition(".")[2]):
        return True  # a bare name of a house network, or a number spelt so that only a machine knows it
    own = {_host(known).lstrip(".") for known in settings.ALLOWED_HOSTS} - {"*", ""}
    return host in own or any(host == end or host.endswith(f".{end}") for end in _INNER)
