"""What an error of the database or the disk means, in one Chinese sentence that says what to do. Imports no Django.

Errors are told apart by class name and message: Django wraps both databases' errors in classes of the same names, and
the command line must be able to ask before Django has started.
"""

from __future__ import annotations

import errno

FULL = ("disk is full", "No space left on device", "Disk quota exceeded")
FULL_CODES = frozenset({errno.ENOSPC, errno.EDQUOT})
POSTGRESQL_DISK_FULL = "53100"
DAMAGED = ("malformed", "not a database")
UNUSABLE = frozenset({"OperationalError", "InterfaceError"})
ASK_DOCTOR = "请运行 mingchuang doctor 查看原因。"

# (part of the database's own message, our sentence); the first that occurs is it.
_MESSAGES = (
    *((part, "磁盘已满，数据库写不进去。请清理磁盘后再试；已经保存的内容没有受影响。") for part in FULL),
    ("disk I/O error", "数据库所在的磁盘读写出错（可能已满或者损坏）。请检查磁盘，再运行 mingchuang verify。"),
    ("database is locked", "数据库正被别的进程占用。请稍后再试；如果一直这样，请看是否有别的程序打开了数据库文件。"),
    ("readonly database", "数据库文件不能写。请检查数据文件夹和其中文件的所有者和权限。"),
    ("malformed", "数据库文件已损坏。请保留现场，用 mingchuang restore 恢复最近的备份。"),
    ("not a database", "数据库文件已损坏。请保留现场，用 mingchuang restore 恢复最近的备份。"),
    ("no such table", "数据库里缺少表，结构不完整。请运行 mingchuang run，它会把结构补齐。"),
    ("password authentication failed", "PostgreSQL 不接受这个数据库用户或密码。请检查 MINGCHUANG_DATABASE。"),
    ("does not exist", "PostgreSQL 里没有这个数据库、用户或表。请检查 MINGCHUANG_DATABASE。"),
    ("could not translate host name", "找不到 PostgreSQL 的主机名。请检查 MINGCHUANG_DATABASE。"),
    (
        "connection refused",
        "PostgreSQL 连不上。请检查它是否在运行，以及 MINGCHUANG_DATABASE 写的主机和端口。",
    ),
    ("too many", "PostgreSQL 的连接已用满。请稍后再试，或者提高它的 max_connections。"),
    ("connection", "PostgreSQL 的连接断了或者连不上。请检查它是否在运行，以及 MINGCHUANG_DATABASE。"),
)

_SYSTEM = {
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "超过了系统允许的文件大小",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "文件系统是只读的",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EEXIST: "已经存在",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EIO: "磁盘读写出错，请检查硬件",
    errno.EBUSY: "正被占用（可能是挂载点）",
    errno.EMFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "名称太长",
    errno.EXDEV: "不在同一个磁盘上",
}


def is_unusable_database(error: BaseException) -> bool:
    """Whether the database can't be used now: away, locked, full or damaged. Not for mistakes of ours."""
    name = type(error).__name__
    # SQLite reports a damaged file by the base class itself.
    return name in UNUSABLE or (name == "DatabaseError" and any(part in str(error) for part in DAMAGED))


def is_full_disk(error: BaseException) -> bool:
    """Whether the disk takes no more: said by the system, or by either database in its own words."""
    if isinstance(error, OSError):
        return error.errno in FULL_CODES
    if type(error).__name__ not in UNUSABLE:
        return False
    # PostgreSQL's own words may be in any language; its code is not.
    code = getattr(error.__cause__, "sqlstate", None)
    return code == POSTGRESQL_DISK_FULL or any(part in str(error) for part in FULL)


def of_database(error: BaseException) -> str:
    """The sentence for an unusable database."""
    message = str(error)
    for part, sentence in _MESSAGES:
        if part.lower() in message.lower():
            return sentence
    return (
        f"数据库打不开（{message.strip().splitlines()[0] if message.strip() else type(error).__name__}）。{ASK_DOCTOR}"
    )


def of_system(error: OSError) -> str:
    """The sentence for a file or folder that can't be read or written, with its name where it is known."""
    why = _SYSTEM.get(error.errno or 0) or error.strerror or str(error)
    named = f"{error.filename}：" if error.filename else ""
    return f"读写失败：{named}{why}。"
