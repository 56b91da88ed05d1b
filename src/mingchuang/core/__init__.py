"""The kernel: units, people, events, act, access, deadlines, files, jobs."""
