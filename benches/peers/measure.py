"""Runs programs and measures them."""

import os
import re
import shlex
import shutil
import statistics
import time
from pathlib import Path


class Failed(Exception):
    """A program is missing or failed."""


class Bench:
    """Runs programs in a work folder and measures them."""

    def __init__(self, work):
        self.work = work
        self.log = work / "errors.log"
        self.timer = shutil.which("time")
        if not self.timer:
            raise Failed("the program `time` is missing, which reports peak memory; install it: apt-get install time")
        # Compiled Python goes to the work folder, not into the source tree.
        python = {"PYTHONPYCACHEPREFIX": str(work / "pycache"), "PYTHONDONTWRITEBYTECODE": ""}
        quiet = {"DEBIAN_FRONTEND": "noninteractive", "RUST_BACKTRACE": "0"}
        self.environment = {**os.environ, **python, **quiet}

    def run(self, command, codes=(0,), output=os.devnull):
        """Runs a program to its end; returns the seconds from its start to its exit."""
        command = [str(part) for part in command]
        plumbing = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(output), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
            (os.POSIX_SPAWN_OPEN, 2, str(self.log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
        ]
        start = time.perf_counter()
        try:
            child = os.posix_spawnp(command[0], command, self.environment, file_actions=plumbing)
        except OSError as error:
            raise Failed(f"{command[0]}: {error.strerror}") from error
        _, status = os.waitpid(child, 0)
        seconds = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) not in codes:
            raise Failed(f"{shlex.join(command)}\nfailed: {self.errors()}")
        return seconds

    def run_with_memory(self, command, codes=(0,)):
        """Like `run`; returns the peak resident bytes as well.

        A small program stands between, since a child of this one would start
        from this one's own peak.
        """
        report = self.work / "memory"
        seconds = self.run([self.timer, "--quiet", "-f", "%M", "-o", report, *command], codes)
        return seconds, int(report.read_text().split()[-1]) * 1024

    def version(self, command):
        """The first version number that a program prints."""
        output = self.work / "version.txt"
        self.run(command, output=output)
        found = re.search(r"\d+(\.\d+)+", output.read_text(errors="replace"))
        return found[0] if found else ""

    def errors(self):
        """The last lines of the error output of the last program."""
        return self.log.read_text(errors="replace").strip()[-2000:] or "it said nothing"


def folder_bytes(path):
    """The size of a file, or of all files in a folder."""
    path = Path(path)
    files = [path] if path.is_file() else (inner for inner in path.rglob("*") if inner.is_file())
    return sum(inner.stat().st_size for inner in files)


def percentile(values, share):
    """The value that a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values):
    """The median, or None if nothing was measured."""
    return statistics.median(values) if values else None
