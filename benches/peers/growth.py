#!/usr/bin/env python3
"""Measures how newsearch grows with the number of articles, and draws it.

For each count an index is built of articles that newsearch-tools recombines
from real sentences; the figures go to a CSV file and an SVG plot, which can be
drawn again from the CSV file alone.
"""

import argparse
import csv
import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

# Writes no compiled Python into the source tree.
sys.dont_write_bytecode = True

import inputs
import loglog
from articles import NoArticles, prepare
from measure import Bench, Failed, median, percentile

COUNTS = "10000,31623,100000,316228,1000000"
SAMPLE_SECONDS = 0.02
THREADS = 2
COLUMNS = (
    "articles", "text_bytes", "index_bytes", "index_s", "index_cpu_s", "synth_cpu_s", "peak_rss_bytes", "peak_anon_bytes",
    "latency_median_ms", "latency_p99_ms", "cold_median_ms", "batch_qps_1_thread", "batch_qps_2_threads",
)  # fmt: skip


def arguments():
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    inputs.add_options(parser)
    tools = inputs.ROOT / "target" / "release" / "newsearch-tools"
    parser.add_argument(
        "--tools", type=Path, default=tools, metavar="BIN", help="default: target/release/newsearch-tools"
    )
    parser.add_argument("--counts", default=COUNTS, help="numbers of articles (default %(default)s)")
    parser.add_argument("--latency", type=int, default=400, help="queries timed one by one (default %(default)s)")
    parser.add_argument("--batch", type=int, default=1000, help="queries of a batch (default %(default)s)")
    parser.add_argument("--cold", type=int, default=20, help="queries in a process of their own (default %(default)s)")
    parser.add_argument("--csv", type=Path, default=Path("growth.csv"), metavar="FILE", help="default %(default)s")
    parser.add_argument("--svg", type=Path, default=Path("growth.svg"), metavar="FILE", help="default %(default)s")
    parser.add_argument("--redraw", type=Path, metavar="CSV", help="measure nothing; draw what this file holds")
    return parser.parse_args()


class Growth:
    """Builds indexes of growing size and measures each."""

    def __init__(self, options, work):
        self.newsearch = inputs.program(options.newsearch, "--newsearch")
        self.tools = inputs.program(options.tools, "--tools")
        self.bench = Bench(work)
        self.work = work
        self.sources = inputs.article_paths(options)
        queries = inputs.read_queries(options) or self.own_queries()
        self.latency = inputs.write_queries(inputs.spread(queries, options.latency), work / "queries-latency.txt")
        self.batch = inputs.spread(queries, options.batch)
        self.batch_file = inputs.write_queries(self.batch, work / "queries.txt")
        self.cold = inputs.spread(queries, options.cold)

    def own_queries(self):
        """Queries made from the articles, used without a query log."""
        prepare(self.sources, self.work)
        return inputs.queries_of_articles(self.work / "articles.jsonl")

    def measure(self, count):
        """All figures of an index of `count` articles, by name."""
        folder = self.work / "index" / str(count)
        shutil.rmtree(folder, ignore_errors=True)
        figures = self.build(count, folder)
        figures |= self.sizes(folder)
        # The batch with two threads comes first, because it warms the page cache.
        figures["batch_qps_2_threads"] = self.rate(folder, THREADS)
        figures["batch_qps_1_thread"] = self.rate(folder, 1)
        figures |= self.latencies(folder)
        figures["cold_median_ms"] = self.cold_ms(folder)
        shutil.rmtree(folder)
        return figures

    def build(self, count, folder):
        """Indexes articles as `newsearch-tools synth` prints them; both share the cores."""
        with open(self.bench.log, "w", encoding="utf-8") as log:
            plumbing = {"stderr": log, "env": self.bench.environment}
            command = [self.tools, "synth", str(count), *self.sources]
            synth = subprocess.Popen(command, stdout=subprocess.PIPE, **plumbing)
            # The generator reads its sources first; that time does not count.
            select.select([synth.stdout], [], [])
            start = time.perf_counter()
            command = [self.newsearch, "index", "-", "--index", folder, "--quiet"]
            index = subprocess.Popen(command, stdin=synth.stdout, stdout=subprocess.DEVNULL, **plumbing)
            synth.stdout.close()
            anon, usage = watch(index)
            seconds = time.perf_counter() - start
            _, status, synth_usage = os.wait4(synth.pid, 0)
            synth.returncode = os.waitstatus_to_exitcode(status)
        if index.returncode or synth.returncode:
            raise Failed(f"indexing {count} articles failed: {self.bench.errors()}")
        return {
            "index_s": seconds,
            "index_cpu_s": cpu_seconds(usage),
            "synth_cpu_s": cpu_seconds(synth_usage),
            "peak_rss_bytes": usage.ru_maxrss * 1024,
            "peak_anon_bytes": anon,
        }

    def run(self, folder, command, *rest):
        """Runs a command of newsearch; returns its seconds and the file with its output."""
        output = self.work / "output"
        return self.bench.run([self.newsearch, command, "--index", folder, *rest], (0, 1), output), output

    def sizes(self, folder):
        """The statistics that the index reports."""
        _, output = self.run(folder, "stats", "--format", "json")
        stats = json.loads(output.read_text(encoding="utf-8"))
        return {name: stats[name] for name in ("articles", "text_bytes", "index_bytes")}

    def rate(self, folder, threads):
        """Queries a second of a whole batch."""
        seconds, _ = self.run(folder, "batch", "--threads", threads, "--format", "jsonl", self.batch_file)
        return len(self.batch) / seconds

    def latencies(self, folder):
        """Times of single queries in one process, as it reports them."""
        _, output = self.run(folder, "batch", "--threads", "1", "--format", "jsonl", self.latency)
        with open(output, encoding="utf-8") as lines:
            answers = map(json.loads, lines)
            times = [answer["took_ms"] for answer in answers if "took_ms" in answer]
        if not times:
            raise Failed("no query was answered; look at the queries")
        return {"latency_median_ms": median(times), "latency_p99_ms": percentile(times, 0.99)}

    def cold_ms(self, folder):
        """The median query in a process of its own."""
        times = [self.run(folder, "query", "--", query)[0] for query in self.cold]
        return 1e3 * median(times)


def cpu_seconds(usage):
    """The processor time of a process."""
    return usage.ru_utime + usage.ru_stime


def watch(process):
    """Waits for a process; returns its peak of anonymous memory and its resources."""
    peak = 0
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return peak, usage
        peak = max(peak, anonymous_bytes(process.pid))
        time.sleep(SAMPLE_SECONDS)


def anonymous_bytes(pid):
    """The anonymous memory of a process."""
    try:
        lines = Path("/proc", str(pid), "status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon:"))


def write_csv(rows, path):
    """Writes the figures, one line for each count."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({name: rounded(row[name]) for name in COLUMNS} for row in rows)


def rounded(value):
    """A figure rounded to its significant digits."""
    return round(value, 3) if isinstance(value, float) else value


def read_csv(path):
    """Reads a file written by `write_csv`."""
    if not path.exists():
        raise Failed(f"{path}: not found; name a file that growth.py wrote")
    with open(path, newline="", encoding="utf-8") as file:
        rows = [{name: float(row[name]) for name in COLUMNS} for row in csv.DictReader(file)]
    if not rows:
        raise Failed(f"{path}: holds no figures; measure again")
    return rows


def plot(rows):
    """The SVG of all figures."""
    rows = sorted(rows, key=lambda row: row["articles"])

    def line(name, column, scale=1):
        return loglog.Line(name, [(row["articles"], row[column] * scale) for row in rows])

    panels = [
        loglog.Panel("Indexing, seconds", [line("time", "index_s")], proportional=True),
        loglog.Panel(
            "Size, MB", [line("index", "index_bytes", 1e-6), line("text", "text_bytes", 1e-6)], proportional=True
        ),
        loglog.Panel(
            "Memory of indexing, MB",
            [line("resident", "peak_rss_bytes", 1e-6), line("anonymous", "peak_anon_bytes", 1e-6)],
        ),
        loglog.Panel(
            "A query within a batch, ms", [line("median", "latency_median_ms"), line("99 of 100", "latency_p99_ms")]
        ),
        loglog.Panel("A query as a process, ms", [line("median", "cold_median_ms")]),
        loglog.Panel(
            "Batch, queries a second",
            [line("1 thread", "batch_qps_1_thread"), line("2 threads", "batch_qps_2_threads")],
        ),
    ]
    return loglog.draw("newsearch, from few articles to many (dotted: in proportion)", "articles", panels)


def measure_all(options):
    """Measures each count; writes the results after each, so that an aborted run keeps them."""
    counts = [int(count) for count in options.counts.split(",")]
    rows = []
    with inputs.work_folder(options) as work:
        growth = Growth(options, work)
        for count in counts:
            rows.append(growth.measure(count))
            write_csv(rows, options.csv)
            inputs.say(", ".join(f"{name} {rounded(rows[-1][name])}" for name in COLUMNS))
    return rows


def main():
    """Measures or reads the figures, and draws them."""
    options = arguments()
    try:
        rows = read_csv(options.redraw) if options.redraw else measure_all(options)
    except (Failed, NoArticles) as error:
        sys.exit(f"growth.py: {error}")
    options.svg.write_text(plot(rows), encoding="utf-8")
    inputs.say(f"wrote {options.svg}")


if __name__ == "__main__":
    main()
