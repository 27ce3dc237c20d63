#!/usr/bin/env python3
"""Load test of a running `newsearch serve`; prints a table of the results.

    load.py --base http://127.0.0.1:PORT --queries FILE [--connections 64]
            [--seconds 60] [--threads 2] [--pid PID]

FILE has one query in each line. `wrk` requests /api/search?q=QUERY in a loop; each
of its threads starts at another place in the file. With --pid, the memory of the server is read from /proc each second:
VmRSS is all that is resident, with the pages of the index that the system has
mapped; RssAnon is what the server itself has allocated.

A query that finds nothing is answered with 200; one that does not parse, with
400, which the table counts. A response that takes longer than --timeout counts
as a socket error (timeout) and is not in the latencies.

Exit codes: 0 measured, whatever the figures; 2 could not measure.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

MB = 1e6
MARK = "figures "
QUARTERS = (("a quarter", 0.25), ("half", 0.5), ("three quarters", 0.75), ("all", 1.0))

# Requests are built in advance, so that wrk spends its time on sending. There is no
# response() function: it would make wrk much slower.
SCRIPT = """
local made = 0

function setup(thread)
  thread:set("place", made)
  made = made + 1
end

function init(args)
  requests = {}
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
  at = math.floor(place * #requests / tonumber(args[2]))
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'figures {"requests": %d, "microseconds": %d, "median": %d, "p99": %d, "max": %d, '
      .. '"status": %d, "connect": %d, "read": %d, "write": %d, "timeout": %d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
    errors.status, errors.connect, errors.read, errors.write, errors.timeout))
end
"""


class Failed(Exception):
    """The measurement is not possible."""


def arguments():
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", required=True, metavar="URL", help="where the server answers")
    parser.add_argument("--queries", required=True, type=Path, metavar="FILE", help="a query a line")
    parser.add_argument("--connections", type=int, default=64, metavar="N", help="kept open at once; default: 64")
    parser.add_argument("--seconds", type=int, default=60, metavar="N", help="how long; default: 60")
    parser.add_argument("--threads", type=int, choices=(1, 2), default=2, help="of wrk; default: 2")
    parser.add_argument("--timeout", type=int, default=10, metavar="SECONDS", help="for a response; default: 10")
    parser.add_argument("--pid", type=int, help="the server's process, to read its memory")
    given = parser.parse_args()
    if given.connections < given.threads or given.seconds < 1 or given.timeout < 1:
        parser.error("there must be a connection for each thread, a second, and a second to answer in")
    return given


def read_paths(queries, base):
    """The path of each query, encoded."""
    try:
        lines = queries.read_text(encoding="utf-8", errors="replace").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Failed(f"{queries}: {error}") from error
    prefix = urlsplit(base).path.rstrip("/")
    paths = [f"{prefix}/api/search?q={quote(line.strip(), safe='')}" for line in lines if line.strip()]
    if not paths:
        raise Failed(f"{queries}: no queries in it")
    return paths


def memory(pid):
    """VmRSS and RssAnon of a process in bytes; None if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = dict(line.split(":", 1) for line in lines)
    # A process that has ended but is not reaped has no such lines.
    if "VmRSS" not in fields or "RssAnon" not in fields:
        return None
    return tuple(int(fields[name].split()[0]) * 1024 for name in ("VmRSS", "RssAnon"))


def run(given, wrk, paths, folder):
    """Runs wrk; its figures, and memory samples as (seconds, VmRSS, RssAnon)."""
    script, list_of_paths = folder / "load.lua", folder / "paths"
    script.write_text(SCRIPT, encoding="utf-8")
    list_of_paths.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
    command = [wrk, "--latency", f"-t{given.threads}", f"-c{given.connections}", f"-d{given.seconds}s"]
    command += [f"--timeout={given.timeout}s", "-s", script, given.base, "--", list_of_paths, str(given.threads)]
    samples = []
    if given.pid is not None:
        samples.append((0.0, *sample(given.pid)))
    start = time.monotonic()
    # Its report is short, so that no pipe fills up while samples are taken.
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            follow(given, process, start, samples)
        except BaseException:
            process.kill()
            raise
        report = process.stdout.read()
    figures = [line for line in report.splitlines() if line.startswith(MARK)]
    if process.returncode != 0 or not figures:
        raise Failed(f"wrk failed:\n{report.rstrip()}")
    return json.loads(figures[0].removeprefix(MARK)), samples


def follow(given, process, start, samples):
    """Takes a sample every second while the load lasts."""
    for second in range(1, given.seconds + 1):
        try:
            process.wait(max(0.0, start + second - time.monotonic()))
            break
        except subprocess.TimeoutExpired:
            if given.pid is not None:
                samples.append((float(second), *sample(given.pid)))
    try:
        # The last responses may be slow; a hanging wrk is not waited for.
        process.wait(given.timeout + 30)
    except subprocess.TimeoutExpired as error:
        raise Failed("wrk does not end") from error


def sample(pid):
    """The memory of a process, which must exist."""
    found = memory(pid)
    if found is None:
        raise Failed(f"there is no process {pid}, or no longer")
    return found


def rows(figures, samples, seconds):
    """The table's rows."""
    sockets = {name: figures[name] for name in ("connect", "read", "write", "timeout")}
    details = ", ".join(f"{name} {count}" for name, count in sockets.items())
    yield "requests/s", f"{figures['requests'] / (figures['microseconds'] / 1e6):,.0f}"
    yield "latency: median, ms", f"{figures['median'] / 1e3:.2f}"
    yield "latency: 99 of 100 below, ms", f"{figures['p99'] / 1e3:.2f}"
    yield "latency: longest, ms", f"{figures['max'] / 1e3:.2f}"
    yield "responses", f"{figures['requests']:,}"
    yield "of these with a status of 400 or more", f"{figures['status']:,}"
    yield "socket errors", f"{sum(sockets.values()):,} ({details})"
    if not samples:
        return
    yield "VmRSS and RssAnon at the start, MB", megabytes(*samples[0][1:])
    for name, share in QUARTERS:
        near = min(samples, key=lambda taken: abs(taken[0] - share * seconds))
        yield f"after {name} of the time, MB", megabytes(*near[1:])
    yield "peak of each, MB", megabytes(*(max(taken[column] for taken in samples) for column in (1, 2)))


def megabytes(resident, anonymous):
    """Two amounts of memory."""
    return f"{resident / MB:.1f} and {anonymous / MB:.1f}"


def main():
    """Measures and prints."""
    given = arguments()
    try:
        wrk = shutil.which("wrk")
        if not wrk:
            raise Failed("the program `wrk` is missing, which makes the load; install it: apt-get install wrk")
        paths = read_paths(given.queries, given.base)
        with tempfile.TemporaryDirectory() as folder:
            figures, samples = run(given, wrk, paths, Path(folder))
    except Failed as error:
        print(f"load.py: {error}", file=sys.stderr)
        return 2
    print(f"| {given.connections} connections for {given.seconds} s, {len(paths):,} queries | |")
    print("| --- | ---: |")
    for name, value in rows(figures, samples, given.seconds):
        print(f"| {name} | {value} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
