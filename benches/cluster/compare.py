#!/usr/bin/env python3
"""Runs the same queries on an index in a folder and on an archive in a cluster;
prints how often the answers agree and how long they take.

    tests/cluster/cluster.sh work/      # prints READY and three addresses
    python3 benches/cluster/compare.py --newsearch target/release/newsearch \
        --engine http://127.0.0.1:PORT,…/measured --queries queries.txt ARTICLES…

Both are indexed first, unless --ready is given.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections import Counter


def run(args, engine, queries=None):
    """Runs newsearch; returns its output and the seconds it took."""
    environment = dict(os.environ)
    environment.pop("NEWSEARCH_ENGINE", None)
    if engine:
        environment["NEWSEARCH_ENGINE"] = engine
    started = time.monotonic()
    done = subprocess.run(args, input=queries, capture_output=True, text=True, env=environment, check=False)
    if done.returncode > 1:
        raise SystemExit(f"{' '.join(args)}: {done.stderr}")
    return done, time.monotonic() - started


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def compare(pairs):
    """How many answers agree, and in which fields the others differ."""
    same, apart, differ = Counter(), 0.0, []
    for folder, cluster in pairs:
        ids = [[hit["id"] for hit in answer["hits"]] for answer in (folder, cluster)]
        same["top ten"] += ids[0] == ids[1]
        for what in ("facets", "total", "suggestion"):
            same[what] += folder[what] == cluster[what]
        shown = [[(hit["snippets"], hit["entities"], hit["duplicates"]) for hit in answer["hits"]] for answer in (folder, cluster)]
        same["snippets, names, copies"] += shown[0] == shown[1]
        if ids[0] == ids[1]:
            scores = zip(folder["hits"], cluster["hits"])
            apart = max([apart] + [abs(a["score"] - b["score"]) / max(a["score"], 1e-9) for a, b in scores])
        else:
            differ.append(folder["query"])
    return same, apart, differ


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--newsearch", default="newsearch")
    parser.add_argument("--engine", required=True)
    parser.add_argument("--queries", required=True, help="one a line")
    parser.add_argument("--index", default=tempfile.mkdtemp(), help="where the folder and the catalog are")
    parser.add_argument("--ready", action="store_true", help="both are indexed")
    parser.add_argument("articles", nargs="*")
    args = parser.parse_args()
    with open(args.queries, encoding="utf-8") as file:
        queries = file.read()
    places = {"folder": None, "cluster": args.engine}
    command = [args.newsearch, "--index", args.index]
    if not args.ready:
        for place, engine in places.items():
            spread = ["--shards", "3", "--replicas", "1"] if engine else []
            done, seconds = run(command + ["index", *spread, *args.articles], engine)
            print(f"indexed in the {place} in {seconds:.1f} s: {done.stderr.splitlines()[0]}")
    answers = {}
    for place, engine in places.items():
        for what, more in (("all facets", []), ("no facets", ["--facets", "none"])):
            batch = command + ["batch", "--threads", "1", *more]
            done, seconds = run(batch, engine, queries)
            lines = [json.loads(line) for line in done.stdout.splitlines()]
            took = [line["took_ms"] for line in lines]
            print(f"{place}, {what}: median {percentile(took, 0.5):.1f} ms, 95th {percentile(took, 0.95):.1f} ms, {len(lines) / seconds:.1f} queries/s")
            if not more:
                answers[place] = lines
    pairs = list(zip(answers["folder"], answers["cluster"], strict=True))
    same, apart, differ = compare(pairs)
    print(f"of {len(pairs)} queries the same:")
    for what, count in same.items():
        print(f"  {what}: {count}")
    print(f"scores apart, relative, at most: {apart:.2g}")
    print("another top ten:", "; ".join(differ) or "none")


if __name__ == "__main__":
    main()
