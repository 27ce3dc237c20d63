#!/usr/bin/env python3
"""Compares newsearch with other search tools on the same articles and queries.

Installs them, lets each index one prepared file, answer a batch of queries and
answer single queries each in a fresh process, and prints a Markdown table.
"""

import argparse
import os
import sys
from collections import defaultdict
from pathlib import Path

# Writes no compiled Python into the source tree.
sys.dont_write_bytecode = True

import articles
import inputs
import measure
import report
import tools
from inputs import say, spread, write_queries

CHECKED_QUERIES = 100
MEMORY_QUERIES = 5
STARTS = 3


def arguments():
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    inputs.add_options(parser)
    parser.add_argument("--count", type=int, default=10_000, help="queries of a batch (default %(default)s)")
    parser.add_argument("--slow-count", type=int, default=500, help="the same for slow tools (default %(default)s)")
    parser.add_argument("--cold", type=int, default=40, help="cold queries a round (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="times that everything is measured (default %(default)s)")
    parser.add_argument("--peers", default=",".join(tools.TOOLS), help="which of %(default)s")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the report there as well")
    return parser.parse_args()


class Comparison:
    """The tools, their queries, and their measurements."""

    def __init__(self, options, work):
        self.options = options
        self.bench = measure.Bench(work)
        self.facts = articles.prepare(inputs.article_paths(options), work)
        say(f"{self.facts['articles']:,} articles, {self.facts['text_bytes'] / 1e6:.1f} MB of text")
        queries = inputs.read_queries(options) or inputs.queries_of_articles(work / "articles.jsonl")
        self.batch = spread(queries, options.count)
        self.slow_batch = spread(self.batch, options.slow_count)
        self.cold = spread(self.batch, options.cold)
        self.files = {
            False: write_queries(self.batch, work / "queries.txt"),
            True: write_queries(self.slow_batch, work / "queries-slow.txt"),
        }
        self.check_file = write_queries(spread(self.batch, CHECKED_QUERIES), work / "queries-check.txt")
        self.left_out = {}
        self.found = {}
        self.results = {}

    def install(self):
        """Installs the selected tools."""
        newsearch = inputs.program(self.options.newsearch, "--newsearch")
        place = tools.Place(self.bench, self.bench.work, newsearch)
        for key in dict.fromkeys(["newsearch", *self.options.peers.split(",")]):
            if key not in tools.TOOLS:
                raise measure.Failed(f"--peers {key}: expected {', '.join(tools.TOOLS)}")
            self.results[key] = report.Result(tools.TOOLS[key](place))
        self.each("installing", self.install_one)

    def install_one(self, result):
        """Installs a tool and asks for its version."""
        result.tool.install()
        result.tool.release = result.tool.version()

    def each(self, doing, action):
        """Runs a step with each tool; a tool that fails is left out from then on."""
        say(doing)
        for key, result in list(self.results.items()):
            try:
                action(result)
            except measure.Failed as failure:
                # Without newsearch there is nothing to compare.
                if key == "newsearch":
                    raise
                self.left_out[key] = f"{doing}: {failure}"
                del self.results[key]
                say(f"left out: {key}: {failure}")

    def round(self):
        """Measures everything once; each step runs with all tools in turn."""
        self.each("indexing", self.index)
        for threads in (1, 2):
            self.each(f"batch, {threads}", lambda result, threads=threads: self.ask_batch(result, threads))
        self.each("cold queries", self.ask_cold)

    def index(self, result):
        """Indexes from scratch."""
        result.tool.clear()
        command = result.tool.index()
        if command:
            seconds, memory = self.bench.run_with_memory(command)
            result.indexing.append(seconds)
            result.index_memory.append(memory)
            result.size = result.tool.size()

    def ask_batch(self, result, threads):
        """Answers the batch in one process."""
        slow = result.tool.slow
        command = result.tool.batch(self.files[slow], threads)
        if command:
            seconds = self.bench.run(command, result.tool.codes)
            result.rates[threads].append(len(self.slow_batch if slow else self.batch) / seconds)

    def ask_cold(self, result):
        """Answers each query in a new process, with the files in the page cache."""
        tool = result.tool
        self.bench.run(tool.query(self.cold[0]), tool.codes)
        result.cold.extend(self.bench.run(tool.query(query), tool.codes) for query in self.cold)

    def measure_memory(self, result):
        """The peak memory of a few single queries."""
        for query in spread(self.cold, MEMORY_QUERIES):
            result.query_memory.append(self.bench.run_with_memory(result.tool.query(query), result.tool.codes)[1])

    def check(self, result):
        """Counts the hits of a few queries, so that a tool that finds nothing is noticed."""
        tool = result.tool
        command = tool.batch(self.check_file, 1)
        if not command:
            return
        output = self.bench.work / "answers.txt"
        self.bench.run(command, tool.codes, output)
        found = defaultdict(list)
        with open(output, encoding="utf-8") as lines:
            for number, ids in map(tool.hits, lines):
                found[number] += ids
        self.found[tool.key] = found
        asked = min(CHECKED_QUERIES, len(self.batch))
        result.hits = sum(map(len, found.values())) / asked
        if not result.hits:
            raise measure.Failed("it found nothing")

    def share_hits(self):
        """The mean share of each tool's hits that bare tantivy has as well."""
        theirs = self.found.get("tantivy")
        for key in self.found.keys() & self.results.keys() if theirs else ():
            found = self.found[key].items()
            shares = [len(set(ids) & set(theirs[number])) / len(ids) for number, ids in found if ids]
            self.results[key].shared = sum(shares) / len(shares)

    def time_start(self, result):
        """The time of a batch with one query, which is mostly startup."""
        command = result.tool.batch(write_queries(self.cold[:1], self.bench.work / "queries-one.txt"), 1)
        if command:
            result.start = measure.median([self.bench.run(command, result.tool.codes) for _ in range(STARTS)])

    def python_start(self):
        """Milliseconds that Python needs to start and end."""
        return 1e3 * measure.median([self.bench.run([sys.executable, "-c", "pass"]) for _ in range(10)])

    def report(self):
        """The report as Markdown."""
        slow = f"Tools marked * answer {len(self.slow_batch):,} of the queries, evenly spread."
        own = {"slow": slow, "python": self.python_start(), "left_out": self.left_out}
        size = {
            "count": len(self.batch),
            "cold": len(self.cold),
            "rounds": self.options.rounds,
            "cores": os.cpu_count(),
        }
        return report.write(self.results, {**self.facts, **own, **size})


def main():
    """Runs the comparison."""
    options = arguments()
    try:
        with inputs.work_folder(options) as work:
            comparison = Comparison(options, work)
            comparison.install()
            for number in range(1, options.rounds + 1):
                say(f"round {number} of {options.rounds}")
                comparison.round()
            comparison.each("memory", comparison.measure_memory)
            comparison.each("starting", comparison.time_start)
            comparison.each("checking hits", comparison.check)
            comparison.share_hits()
            text = comparison.report()
    except (measure.Failed, articles.NoArticles) as error:
        sys.exit(f"run.py: {error}")
    print(text, end="")
    if options.out:
        options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
