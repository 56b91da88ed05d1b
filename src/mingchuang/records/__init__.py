"""Proactive disclosure (主动公开): records, revisions, review, kinds."""
