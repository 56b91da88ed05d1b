"""What can be wrong with an index, each with one Chinese sentence that says what to do."""

from __future__ import annotations


class IndexUnavailable(Exception):  # noqa: N818 -- a state of things, like Refused
    """The index cannot answer or cannot be written now. `state` is one word for machines."""

    state = "unavailable"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class IndexMissing(IndexUnavailable):
    """There is no index yet."""

    state = "missing"

    def __init__(self) -> None:
        super().__init__("检索库尚未建立，请运行 mingchuang index rebuild。")


class IndexOutdated(IndexUnavailable):
    """The index was made by another version of the schema, the tokens or the engine."""

    state = "outdated"

    def __init__(self, differing: str) -> None:
        super().__init__(f"检索库由另一版本建立（{differing}），需要重建：请运行 mingchuang index rebuild。")


class IndexDamaged(IndexUnavailable):
    """A file of the index is missing, cut short or changed."""

    state = "damaged"

    def __init__(self, detail: str) -> None:
        super().__init__(f"检索库文件损坏（{detail}），需要重建：请运行 mingchuang index rebuild。")


class IndexFull(IndexUnavailable):
    """The disk takes no more; what was written before stands."""

    state = "full"

    def __init__(self) -> None:
        super().__init__("磁盘已满，检索库写不进去；以前的内容仍可检索。请清理磁盘，之后会自动补上。")


class IndexBusy(IndexUnavailable):
    """Another process writes to the index."""

    state = "busy"

    def __init__(self, holder: str) -> None:
        super().__init__(f"检索库正由另一个进程写入（{holder}），本进程不写；请求会由它完成。")
