"""Public notices and postings (公示公告)."""
