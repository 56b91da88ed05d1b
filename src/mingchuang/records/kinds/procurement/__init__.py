"""Notices of government procurement (政府采购公告)."""
