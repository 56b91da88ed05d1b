"""The public pages; all but search are baked from these views."""
