"""One account, however its name is spelt: the names of accounts don't tell upper from lower case.

People type `Zhang` for `zhang`, and two accounts that differ only so would be taken for one another. The rule is the
same where an account is opened, where somebody signs in, and where wrong passwords are counted (`core.lockouts`).
"""

from __future__ import annotations

from itertools import groupby

from mingchuang.core.edge import text_issues
from mingchuang.core.models import User
from mingchuang.norms.outcome import Issue


def folded(name: str) -> str:
    """The spelling under which names are compared. By way of upper case, so that ß and ss or ı and i are one, too."""
    return name.strip().upper().casefold()


def find(name: str) -> User | None:
    """The account of this name: the one spelt just so, else the only one that differs in case alone.

    None when nobody has it, and when older twins (`twins`) leave open whose it is. Compared here and not by the
    database, because each of ours folds other letters.
    """
    if text_issues(name):
        return None
    same = _same(name)
    exact = [pk for pk, spelling in same if spelling == name.strip()]
    chosen = exact or [pk for pk, _ in same]
    return User.objects.filter(pk=chosen[0]).first() if len(chosen) == 1 else None


def taken(name: str) -> list[Issue]:
    """Why no account of this name can be opened: somebody has it, in whatever case."""
    if text_issues(name):
        return []
    return [
        Issue("people.username", f"账号“{spelling}”已经有人使用（账号不分大小写），请换一个。", field="username")
        for _, spelling in _same(name)[:1]
    ]


def twins() -> list[list[str]]:
    """Accounts, by name, that differ in case alone: opened before the rule was."""
    names = sorted(User.objects.values_list("username", flat=True), key=lambda name: (folded(name), name))
    groups = (list(group) for _, group in groupby(names, key=folded))
    return [group for group in groups if len(group) > 1]


def _same(name: str) -> list[tuple[int, str]]:
    wanted = folded(name)
    rows = User.objects.order_by("pk").values_list("pk", "username")
    return [(pk, spelling) for pk, spelling in rows if folded(spelling) == wanted]
