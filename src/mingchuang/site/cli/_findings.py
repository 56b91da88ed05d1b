"""The process behind `site.verification`: what is wrong with the data folder in `MINGCHUANG_DATA`, as a JSON list.

The structure is brought up to date first: a backup of an older version is verified, and restored, by a newer one.
"""

from __future__ import annotations

import contextlib
import json
import sys

from mingchuang.site.cli._start import failures_in_chinese


def main() -> None:
    """Print the findings; ends with 1 and sentences on stderr when the folder can't even be looked at."""
    with failures_in_chinese():
        import django

        django.setup()
        from mingchuang.core import checkpoints, verify
        from mingchuang.norms.outcome import errors
        from mingchuang.site import installation

        installation.upgrade_database(lambda sentence: None, backup_first=False)
        wrong = [issue.message for issue in errors(verify.run())]
        if not wrong:
            with contextlib.suppress(OSError):
                checkpoints.write("verify")
    json.dump(wrong, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
