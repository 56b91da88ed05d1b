"""The environment variables of an installation, read and checked in one place: all that is wrong is said at once.

Each is described in docs/operation.md, and a test holds both against each other. Imports no Django.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

NAMES = (
    "MINGCHUANG_DATA",
    "MINGCHUANG_DATABASE",
    "MINGCHUANG_REGION",
    "MINGCHUANG_HOST",
    "MINGCHUANG_PORT",
    "MINGCHUANG_ADDRESS",
    "MINGCHUANG_HOSTS",
    "MINGCHUANG_PROXIES",
    "MINGCHUANG_HASH",
    "MINGCHUANG_PREVIEW_HOURS",
    "MINGCHUANG_DEMO_SIZE",
    "MINGCHUANG_LOG_LEVEL",
    "MINGCHUANG_SITE_NAME",
    "MINGCHUANG_SITE_COUNTY",
    "MINGCHUANG_SITE_OWNER",
    "MINGCHUANG_SITE_CONTACT",
    "MINGCHUANG_SITE_DESCRIPTION",
    "MINGCHUANG_SITE_CODE",
    "MINGCHUANG_SITE_ICP",
    "MINGCHUANG_SITE_POLICE",
)
# Set by the program itself for the processes that it starts.
INTERNAL = ("MINGCHUANG_BACKGROUND", "MINGCHUANG_BOUND_LOOPBACK")

REGION = "640381"
HOST = "127.0.0.1"
PORT = 8000
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
HASHES = ("sha256", "sm3")
#: How much of the demonstration county `run --demo` makes: all, or no more than the first documents.
DEMOS = ("full", "small", "people")
PREVIEW_HOURS = 24
MOST_PREVIEW_HOURS = 30 * 24
SITE_CODE_LENGTH = 10
ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognised, not bound to


class MisconfiguredError(ValueError):
    """Environment variables that can't be what they are. `reasons`: one Chinese sentence each, all of them."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Variables:
    """What was read. `address` is the origin that citizens use, without a final slash; `site` the public face."""

    database: str
    region: str
    host: str
    port: int
    address: str
    hosts: tuple[str, ...]
    proxies: tuple[str, ...]
    hash: str
    preview_hours: int
    demo_size: str
    log_level: str
    site: Mapping[str, str]

    @property
    def shown_host(self) -> str:
        """The host as it stands in an address."""
        return _in_address(self.host)

    @property
    def https(self) -> bool:
        """Whether citizens come by https: then a proxy stands in front of this server."""
        return self.address.startswith("https://")


def read(environ: Mapping[str, str]) -> Variables:
    """Read and check all variables. Raises `MisconfiguredError` with every reason."""
    reasons: list[str] = []
    host = environ.get("MINGCHUANG_HOST") or HOST
    port = _port(environ.get("MINGCHUANG_PORT") or str(PORT), reasons)
    address = _address(environ.get("MINGCHUANG_ADDRESS", ""), host, port, reasons)
    found = Variables(
        database=_database(environ.get("MINGCHUANG_DATABASE", ""), reasons),
        region=_region(environ.get("MINGCHUANG_REGION") or REGION, reasons),
        host=host,
        port=port,
        address=address,
        hosts=_hosts(environ.get("MINGCHUANG_HOSTS", ""), host, address),
        proxies=_proxies(environ.get("MINGCHUANG_PROXIES", ""), reasons),
        hash=_one_of("MINGCHUANG_HASH", environ.get("MINGCHUANG_HASH") or HASHES[0], HASHES, reasons),
        preview_hours=_preview_hours(environ.get("MINGCHUANG_PREVIEW_HOURS") or str(PREVIEW_HOURS), reasons),
        demo_size=_one_of("MINGCHUANG_DEMO_SIZE", environ.get("MINGCHUANG_DEMO_SIZE") or DEMOS[0], DEMOS, reasons),
        log_level=_one_of(
            "MINGCHUANG_LOG_LEVEL", (environ.get("MINGCHUANG_LOG_LEVEL") or "WARNING").upper(), LOG_LEVELS, reasons
        ),
        site=_site(environ, reasons),
    )
    if reasons:
        raise MisconfiguredError(reasons)
    return found


def _port(text: str, reasons: list[str]) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    reasons.append(f"MINGCHUANG_PORT 应是 1 到 65535 的整数，现为“{text}”。")
    return PORT


def _address(text: str, host: str, port: int, reasons: list[str]) -> str:
    if not text:
        return f"http://{_in_address(host)}:{port}"
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
        bare = parts.path in {"", "/"} and not parts.query and not parts.fragment and parts.username is None
    except ValueError:
        good = bare = False
    if not (good and bare):
        reasons.append(
            f"MINGCHUANG_ADDRESS 应是公众访问的网址，只写协议、域名和端口，如 https://www.example.gov.cn，现为“{text}”。"
        )
    return text.rstrip("/")


def _in_address(host: str) -> str:
    """Bound to every interface, the server can't know its name: then the one under which it opens on this machine."""
    return HOST if host in ANYWHERE else f"[{host}]" if ":" in host else host


def _hosts(text: str, host: str, address: str) -> tuple[str, ...]:
    """Names by which the server may be asked: what was given, or this machine's; always the public address's."""
    named = [each.strip() for each in text.split(",") if each.strip()]
    found = named or ["127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host]
    try:
        public = urlsplit(address).hostname or ""
    except ValueError:
        public = ""
    return tuple(dict.fromkeys([*found, f"[{public}]" if ":" in public else public])) if public else tuple(found)


def _proxies(text: str, reasons: list[str]) -> tuple[str, ...]:
    """Addresses or networks of the proxies whose word about the visitor's address is taken."""
    found = tuple(each.strip() for each in text.split(",") if each.strip())
    for each in found:
        try:
            ipaddress.ip_network(each)
        except ValueError:
            reasons.append(f"MINGCHUANG_PROXIES 应是前置代理的 IP 地址或网段，用逗号隔开，如 127.0.0.1，现有“{each}”。")
    return found


def _database(text: str, reasons: list[str]) -> str:
    """Empty for SQLite, or an address whose scheme, database and port make sense."""
    if not text:
        return ""
    form = "应写成 postgresql://用户:密码@主机:5432/数据库名；留空则用 SQLite"
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading it is the check
    except ValueError:
        reasons.append(f"MINGCHUANG_DATABASE 的写法不对（主机或端口无法识别）：{form}。")
        return ""
    if parts.scheme not in {"postgresql", "postgres"}:
        # The value itself may hold a password, so it isn't repeated.
        reasons.append(f"MINGCHUANG_DATABASE 的写法不对（开头应是 postgresql://）：{form}。")
    elif not parts.path.strip("/"):
        reasons.append(f"MINGCHUANG_DATABASE 没有写数据库名：{form}。")
    return text


def _region(text: str, reasons: list[str]) -> str:
    if not re.fullmatch(r"[1-9]\d{5}", text, re.ASCII):
        reasons.append(f"MINGCHUANG_REGION 应是 6 位行政区划代码，如 640381，现为“{text}”。")
    return text


def _preview_hours(text: str, reasons: list[str]) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_PREVIEW_HOURS:
        return int(text)
    reasons.append(f"MINGCHUANG_PREVIEW_HOURS 应是 1 到 {MOST_PREVIEW_HOURS} 的整数（小时），现为“{text}”。")
    return PREVIEW_HOURS


def _one_of(name: str, text: str, choices: tuple[str, ...], reasons: list[str]) -> str:
    if text not in choices:
        reasons.append(f"{name} 只能是 {'、'.join(choices)}，现为“{text}”。")
    return text


def _site(environ: Mapping[str, str], reasons: list[str]) -> dict[str, str]:
    given = {
        "name": environ.get("MINGCHUANG_SITE_NAME") or "青铜峡市政务公开",
        "county": environ.get("MINGCHUANG_SITE_COUNTY") or "青铜峡市",
        "owner": environ.get("MINGCHUANG_SITE_OWNER") or "青铜峡市人民政府办公室",
        "contact": environ.get("MINGCHUANG_SITE_CONTACT", ""),
        "description": environ.get("MINGCHUANG_SITE_DESCRIPTION", ""),
        "site_code": environ.get("MINGCHUANG_SITE_CODE", ""),
        "icp": environ.get("MINGCHUANG_SITE_ICP", ""),
        "police": environ.get("MINGCHUANG_SITE_POLICE", ""),
    }
    code = given["site_code"]
    if code and not re.fullmatch(r"[0-9A-Za-z]{10}", code, re.ASCII):
        reasons.append(f"MINGCHUANG_SITE_CODE 应是 {SITE_CODE_LENGTH} 位网站标识码，现为“{code}”。")
    return given
