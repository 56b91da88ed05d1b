"""The gate: six checks (政治、政策、保密、格式、文字、隐私) on the very bytes of a file, before it may be published."""
