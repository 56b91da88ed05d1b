"""Mingchuang 明窗: a government's yearly notice on open government as a working system."""

__version__ = "0.1.0"
