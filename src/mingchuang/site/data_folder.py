"""The data folder: where one installation keeps everything that it knows, and how its settings are read from it.

`MINGCHUANG_DATA` names it; by default `var/` in the working folder. Nothing here imports Django, so that the command
line can prepare a folder before Django reads its settings.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from mingchuang.norms.outcome import Issue, Refused, refuse_if

FOLDERS = ("files", "public", "index", "calendars", "backups")
SECRET_NAME = "secret.key"  # noqa: S105 - a file's name, not a secret
SETTINGS_NAME = "settings.env"
ADDRESS_NAME = "address"
DEMONSTRATION_NAME = "demonstration"
# Written when the database is complete (belonging.py): a folder without it has no work of anybody's in it.
ESTABLISHED_NAME = "installation.json"


def root() -> Path:
    """The data folder as an absolute path; it need not exist yet."""
    return Path(os.environ.get("MINGCHUANG_DATA") or "var").absolute()


def environment(folder: Path) -> dict[str, str]:
    """The variables of an installation: `settings.env` in its folder, and over it those of this process.

    So every command that names the folder speaks of the same site, whoever starts it. Where nothing says at which
    address the site is, it is the one at which it was served last. Raises Refused for lines that are no assignments.
    """
    found = {**_settings_file(folder / SETTINGS_NAME), **os.environ}
    if not any(found.get(name) for name in ("MINGCHUANG_ADDRESS", "MINGCHUANG_HOST", "MINGCHUANG_PORT")):
        with contextlib.suppress(FileNotFoundError):
            found["MINGCHUANG_ADDRESS"] = (folder / ADDRESS_NAME).read_text("utf-8").strip()
    return found


def keep_address(folder: Path, address: str) -> None:
    """Remember at which address the site is served, for `environment`."""
    draft = folder / f".{ADDRESS_NAME}.{os.getpid()}"
    draft.write_text(address + "\n", encoding="utf-8")
    draft.replace(folder / ADDRESS_NAME)


def _settings_file(path: Path) -> dict[str, str]:
    """`NAME=value` lines; blank lines and those that begin with # aside; quotes around a value fall away."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    found: dict[str, str] = {}
    issues = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        name, sign, value = text.partition("=")
        if not text or text.startswith("#"):
            continue
        if not sign or not name.strip().startswith("MINGCHUANG_"):
            message = f"{path} 第 {number} 行应写成 MINGCHUANG_名称=值，现为“{text[:40]}”。"
            issues.append(Issue("settings.line", message, field=str(number)))
            continue
        found[name.strip()] = value.strip().strip("\"'")
    refuse_if(issues)
    return found


def prepare(folder: Path) -> None:
    """Make the data folder and its rooms, readable by its owner alone, and the secret key (0600), where missing.

    Raises OSError when the folder cannot be written; the caller says so in Chinese.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        (folder / name).mkdir(mode=0o755 if name == "public" else 0o700, exist_ok=True)
    key = folder / SECRET_NAME
    if not key.exists():
        # Written under another name and linked, so that two starts at once agree on one key and none is half a key.
        draft = folder / f".{SECRET_NAME}.{secrets.token_hex(8)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            os.link(draft, key)
        except FileExistsError:
            pass
        finally:
            draft.unlink()


def secret_key(folder: Path) -> str:
    """The installation's secret key; for a folder not prepared yet, one that lasts as long as this process."""
    try:
        return (folder / SECRET_NAME).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return secrets.token_urlsafe(50)


def mark_demonstration(folder: Path) -> None:
    """Mark a new data folder as the demonstration's. Raises Refused for one in which real work may lie."""
    mark = folder / DEMONSTRATION_NAME
    if mark.exists():
        return
    if (folder / ESTABLISHED_NAME).exists():
        reason = f"{folder} 里已有正式的数据，不能再装入演示县。请用 --data 另指一个空文件夹，或者去掉 --demo。"
        raise Refused([Issue("demo.not_empty", reason)])
    mark.touch(mode=0o600)
