"""A public page from the default single process, beside nginx with the same file and a stock Django site.

All three send the same 200 pages (27 KB, Chinese) over loopback: server on CPU 0, client on CPU 1, five interleaved
rounds, medians. nginx runs the configuration that mingchuang generates, so its headers are ours. The measure is
requests per CPU second of the server's processes, which hardly moves with the machine's other work; the latency is
taken at 100 requests a second. Then what baking writes and skips per CPU second.
"""

from __future__ import annotations

import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.peers.stock.fill import PAGES
from benchmarks.report import Row, show
from benchmarks.web_servers import Running, free_port, paced_p99, requests_per_cpu_second, serving
from mingchuang.press import nginx
from mingchuang.press.store import Store
from mingchuang.site.serving import BLOCKING_THREADS

ROUNDS = 5
SECONDS = 2.0
LATENCY_SECONDS = 5.0
RATE = 100
WRITTEN = 1000
PATHS = [f"/records/{number}/" for number in range(1, PAGES + 1)]


def _granian(application: str, port: int, threads: int) -> list[str]:
    program = str(Path(sys.executable).with_name("granian"))
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    return [program, *options, "--workers", "1", "--blocking-threads", str(threads), application]


def _pages(folder: Path) -> dict[str, str]:
    """Fill the stock site, bake its answers; returns the environment of both Python servers."""
    environment = {"STOCK_DATABASE": str(folder / "stock.sqlite3"), "STOCK_PUBLIC": str(folder / "public")}
    answers = folder / "answers"
    answers.mkdir()
    command = [sys.executable, "-m", "benchmarks.peers.stock.fill", str(answers)]
    subprocess.run(command, env={**os.environ, **environment}, check=True)
    store = Store(folder / "public")
    with store.batch() as batch:
        for number in range(1, PAGES + 1):
            batch.write(f"records/{number}/index.html", (answers / f"{number}.html").read_bytes())
    return environment


def _wrk_script(folder: Path, encoding: str) -> Path:
    script = folder / f"{encoding}.lua"
    script.write_text(
        f"""local number = 0
request = function()
  number = number % {PAGES} + 1
  return wrk.format("GET", "/records/" .. number .. "/", {{["Accept-Encoding"] = "{encoding}"}})
end
""",
        "utf-8",
    )
    return script


def _start(stack: ExitStack, folder: Path, environment: dict[str, str]) -> tuple[Running, Running, Running]:
    """Ours, nginx and stock Django, listening."""
    port = free_port()
    command = _granian("benchmarks.peers.stock.site:application", port, BLOCKING_THREADS)
    ours = stack.enter_context(serving("mingchuang", command, port, environment, folder / "ours.log"))
    port = free_port()
    conf = folder / "nginx.conf"
    behind = nginx.Server(folder / "public", application="", listen=f"127.0.0.1:{port}")
    conf.write_text(nginx.whole(behind, folder), "utf-8")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [program, "-c", str(conf), "-p", str(folder)]
    static = stack.enter_context(serving("nginx", command, port, {}, folder / "nginx.log"))
    port = free_port()
    command = _granian("benchmarks.peers.stock.site:django_application", port, BLOCKING_THREADS)
    stock = stack.enter_context(serving("stock Django", command, port, environment, folder / "stock.log"))
    return ours, static, stock


def _rounds(measures: dict[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """Medians of interleaved rounds; each measure once before, to warm up."""
    found: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(rounds + 1):
        for name, measure in measures.items():
            value = measure()
            if number:
                found[name].append(value)
    return {name: statistics.median(values) for name, values in found.items()}


def serving_rows(folder: Path) -> list[Row]:
    """Requests per server CPU second in both encodings, and the 99th percentile of the latency."""
    environment = _pages(folder)
    rows: list[Row] = []
    with ExitStack() as stack:
        ours, static, stock = _start(stack, folder, environment)
        for encoding in ("identity", "gzip"):
            script = _wrk_script(folder, encoding)

            def load(server: Running, script: Path = script) -> Callable[[], float]:
                return lambda: requests_per_cpu_second(server, script, SECONDS)

            found = _rounds({server.name: load(server) for server in (ours, static, stock)})
            unit, mine = "requests/CPU-s", found["mingchuang"]
            rows += [
                (f"baked page, {encoding}", mine, unit, "nginx, same file and headers", found["nginx"], 0.5),
                (f"baked page, {encoding}", mine, unit, "stock Django, same page", found["stock Django"], 150.0),
            ]

            def pace(server: Running, encoding: str = encoding) -> Callable[[], float]:
                return lambda: paced_p99(server, PATHS, encoding, RATE, LATENCY_SECONDS)

            found = _rounds({server.name: pace(server) for server in (ours, static)})
            p99 = f"baked page, {encoding}, p99 at {RATE}/s"
            rows.append((p99, found["mingchuang"], "ms", "nginx", found["nginx"], 1 / 1.5))
    return rows


def _per_cpu_second(work: Callable[[], int]) -> float:
    started = time.process_time()
    done = work()
    return done / (time.process_time() - started)


def baking_rows(folder: Path) -> list[Row]:
    """Pages written with their `.gz`, durable, and unchanged pages skipped, per CPU second."""
    originals = [(folder / "answers" / f"{number}.html").read_bytes() for number in range(1, PAGES + 1)]
    turn = 0

    def ours() -> int:
        nonlocal turn
        turn += 1
        store = Store(folder / f"written-{turn}")
        for start in range(0, WRITTEN, 64):
            with store.batch() as batch:
                for number in range(start, min(start + 64, WRITTEN)):
                    batch.write(f"records/{number}/index.html", originals[number % PAGES])
        return WRITTEN

    def stdlib() -> int:
        nonlocal turn
        turn += 1
        for number in range(WRITTEN):
            target = folder / f"plain-{turn}" / str(number)
            target.mkdir(parents=True)
            data = originals[number % PAGES]
            for name, content in (("index.html", data), ("index.html.gz", gzip.compress(data, 6))):
                with (target / f"{name}.new").open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                (target / f"{name}.new").replace(target / name)
        return WRITTEN

    def skipping() -> int:
        store = Store(folder / "skipped")
        with store.batch() as batch:
            for number in range(PAGES):
                batch.write(f"records/{number}/index.html", originals[number])
        started = time.process_time()
        with store.batch() as batch:
            for _ in range(10):
                for number in range(PAGES):
                    batch.write(f"records/{number}/index.html", originals[number])
        return round(10 * PAGES / (time.process_time() - started))

    found = _rounds(
        {"ours": lambda: _per_cpu_second(ours), "stdlib": lambda: _per_cpu_second(stdlib), "skip": skipping},
        rounds=3,
    )
    unit = "pages/CPU-s"
    return [
        ("baking, pages written with .gz, durable", found["ours"], unit, "gzip 6, fsync, rename", found["stdlib"], 2.0),
        ("baking, unchanged pages skipped", found["skip"], unit, "writing them", found["ours"], None),
    ]


def main() -> list[Row]:
    """All rows: (name, ours, unit, peer, peer's figure, goal): ours ÷ peer for rates, peer ÷ ours for times."""
    folder = Path(tempfile.mkdtemp(prefix="mingchuang-bench-page-"))
    try:
        return [*serving_rows(folder), *baking_rows(folder)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(1 if show(main()) else 0)
