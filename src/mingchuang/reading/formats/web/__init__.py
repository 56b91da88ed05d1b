"""HTML: the main content of a page in reading order; menus, footers and hidden text listed apart."""

from mingchuang.reading.formats.web.page import read_web

__all__ = ["read_web"]
