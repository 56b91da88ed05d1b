"""A tiny app for the kernel's tests: one subject that walks the real machine `review`."""
