"""One index, one query language. It answers with the database away: see `docs/search.md`."""
