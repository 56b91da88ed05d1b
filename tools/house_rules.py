"""The house rules as code: each line of the product is held against them; a finding says what to do instead.

Each rule carries lines that must pass and lines that must be found; `--self-test` (run by the test command first)
proves that a rule can fail.
"""

from __future__ import annotations

import fnmatch
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Rule:
    """A pattern forbidden in the files that match `where` and not `except_in`."""

    name: str
    pattern: str
    instead: str
    bad_lines: tuple[str, ...]
    good_lines: tuple[str, ...]
    where: tuple[str, ...] = ("src/mingchuang/*.py",)
    except_in: tuple[str, ...] = ()


RULES = (
    Rule(
        "clock",
        r"timezone\.now\(|datetime\.now\(|date\.today\(|\btime\.time\(\)|timezone\.localdate\(|utcnow\(",
        "read the clock through core.now; in norms and reading take the date as a parameter",
        bad_lines=("    due = timezone.now()", "today = date.today()", "stamp = time.time()"),
        good_lines=("    due = now()", "started = time.monotonic()", "midnight = datetime.time()"),
        except_in=("src/mingchuang/core/now.py",),
    ),
    Rule(
        "law in code",
        r"timedelta\(\s*days\s*=\s*(?:[2-9]|\d{2,})",
        "a day count of law stands in norms/rules/*.toml with its citation; ask norms.rules or norms.calendar",
        bad_lines=("limit = start + timedelta(days=20)",),
        good_lines=("yesterday = day - timedelta(days=1)", "age = timedelta(minutes=5)"),
        except_in=("src/mingchuang/norms/*",),
    ),
    Rule(
        "trusted markup",
        r"mark_safe\(|\|\s*safe\b|Markup\(|autoescape off",
        "only ui/ may trust markup: give it cleaned bytes through a component",
        bad_lines=("html = mark_safe(text)", "{{ body|safe }}", "{{ body | safe }}"),
        good_lines=("{{ body }}", "is_safe = True"),
        where=("src/mingchuang/*.py", "src/mingchuang/*.html", "src/mingchuang/*.jinja"),
        except_in=("src/mingchuang/ui/*",),
    ),
    Rule(
        "writes outside do.py",
        r"\.(?:bulk_create|bulk_update|update_or_create|get_or_create)\(|\.objects\.create\(|\.save\(|\.delete\(\)",
        "only a room's do.py (or do/ folder) writes; a view calls it",
        bad_lines=("    record.save()", "Record.objects.create(unit=unit)", "rows.delete()"),
        good_lines=("do.publish(record, actor)", "form.is_valid()", "cache.delete(key)"),
        where=(
            "src/mingchuang/records/*.py",
            "src/mingchuang/ledger/*.py",
            "src/mingchuang/desk/*.py",
            "src/mingchuang/portal/*.py",
        ),
        except_in=("*/do.py", "*/do/*.py", "*/migrations/*"),
    ),
    Rule(
        "raw SQL from text",
        r"\.raw\(|execute\(\s*f[\"']|\.extra\(",
        "use the ORM, or a constant statement with parameters in core",
        bad_lines=('cursor.execute(f"SELECT {x}")', "Model.objects.raw(sql)"),
        good_lines=('cursor.execute("SELECT 1", [x])',),
    ),
    Rule(
        "swallowed error",
        r"except(?:\s+(?:Base)?Exception)?\s*:\s*(?:pass)?\s*$|suppress\((?:Base)?Exception",
        "name the error you expect and say why it may be passed over",
        bad_lines=("    except Exception:", "except:", "with suppress(Exception):"),
        good_lines=("    except Exception as error:", "except ValueError:"),
    ),
    Rule(
        "foreign host",
        r"(?:src|href)=[\"']https?://|url\(\s*[\"']?https?://|@import\s+url",
        "a page loads nothing from another host: vendor it in ui/static",
        bad_lines=('<script src="https://cdn.example/x.js">', '<link href="http://fonts.example/a.css">'),
        good_lines=("<script src=\"{{ static('ui/ui.js') }}\">", '<a href="{{ url }}">'),
        where=("src/mingchuang/*.html", "src/mingchuang/*.css", "src/mingchuang/*.jinja", "src/mingchuang/*.js"),
        except_in=("*/vendor/*",),
    ),
    Rule(
        "inline script or style",
        r"<script>|\son(?:click|load|change|submit|input)=|\sstyle=[\"']",
        "the content security policy refuses inline code: put it in ui/static",
        bad_lines=("<script>alert(1)</script>", '<a onclick="x()">', '<p style="color:red">'),
        good_lines=('<script src="x.js" defer></script>',),
        where=("src/mingchuang/*.html", "src/mingchuang/*.jinja"),
    ),
    Rule(
        "signals",
        r"post_save|pre_save|post_delete|pre_delete|m2m_changed",
        "a reaction across rooms stands in site/wiring.py and runs inside core.act",
        bad_lines=("from django.db.models.signals import post_save",),
        good_lines=("post_migrate.connect(install)", "user_logged_in.connect(note)"),
    ),
)

FORBIDDEN_NAMES = ("utils.py", "helpers.py", "misc.py", "common.py", "util.py")
MOST_LINES = 450


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether a path matches any pattern; `*` runs across folders."""
    return any(fnmatch.fnmatch(path, pattern) for pattern in patterns)


def self_test() -> list[str]:
    """Every rule must find its bad lines and pass its good ones."""
    wrong = []
    for rule in RULES:
        wrong += [f"rule «{rule.name}» misses: {line}" for line in rule.bad_lines if not re.search(rule.pattern, line)]
        wrong += [
            f"rule «{rule.name}» wrongly finds: {line}" for line in rule.good_lines if re.search(rule.pattern, line)
        ]
    return wrong


def findings(path: str, text: str) -> list[str]:
    """What the rules say of one file: `path:line: rule: what to do instead`."""
    found = []
    for rule in RULES:
        if not matches(path, rule.where) or matches(path, rule.except_in):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(rule.pattern, line) and not line.lstrip().startswith("#"):
                found.append(f"{path}:{number}: {rule.name}: {rule.instead}")
    if Path(path).name in FORBIDDEN_NAMES:
        found.append(f"{path}: a file is named for what is in it")
    if path.startswith("src/") and path.endswith(".py") and "/migrations/" not in path:
        lines = text.count("\n")
        if lines > MOST_LINES:
            found.append(f"{path}: {lines} lines; split it by idea (at most {MOST_LINES})")
    return found


def tracked() -> list[str]:
    """Files that git tracks or would track."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [line for line in listed.splitlines() if (ROOT / line).is_file()]


def main() -> int:
    """Print every finding; the exit code is 1 when there is one."""
    found = self_test()
    for path in tracked():
        if path.startswith("src/") and path.endswith((".py", ".html", ".jinja", ".css", ".js")):
            found += findings(path, (ROOT / path).read_text(encoding="utf-8"))
    print("\n".join(found) if found else f"house rules: {len(RULES)} rules, nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
