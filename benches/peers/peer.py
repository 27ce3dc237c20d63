"""The commands of the peers written in Python.

A hit is a line: the query's number, the article's id, the score, the title and
the snippet.
"""

import json
import os
import sys

USAGE = "usage: PEER index JSONL DIR | batch DIR QUERIES PROCESSES | query DIR QUERY"
HITS = 10
SNIPPET_BYTES = 240


def main(build, open_engine):
    """Runs a command; `open_engine(DIR)` gives a function from a query to hits."""
    match sys.argv[1:]:
        case ["index", jsonl, folder]:
            os.makedirs(folder, exist_ok=True)
            build(read_articles(jsonl), folder)
        case ["batch", folder, queries, processes]:
            batch(open_engine, folder, read_queries(queries), int(processes))
        case ["query", folder, query]:
            answer(open_engine(folder), [(1, query)])
        case _:
            sys.exit(USAGE)


def read_articles(jsonl):
    """Yields the articles of the prepared file."""
    with open(jsonl, encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_queries(path):
    """The queries of a file with their numbers."""
    with open(path, encoding="utf-8") as lines:
        return [(at, line.rstrip("\n")) for at, line in enumerate(lines, 1)]


def answer(search, queries):
    """Prints the hits of queries."""
    for number, query in queries:
        sys.stdout.writelines("\t".join([str(number), *map(one_line, hit)]) + "\n" for hit in search(query))


def one_line(value):
    """A value without tabs and line breaks."""
    return " ".join(str(value).split())


def batch(open_engine, folder, queries, processes):
    """Answers queries in this process, or distributes them over several."""
    if processes < 2:
        return answer(open_engine(folder), queries)
    children = [fork(open_engine, folder, queries[at::processes]) for at in range(processes)]
    if any(os.waitpid(child, 0)[1] for child in children):
        sys.exit("a process of the batch failed")


def fork(open_engine, folder, queries):
    """Starts a process that answers queries; returns its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        answer(open_engine(folder), queries)
        sys.stdout.flush()
        code = 0
    finally:
        os._exit(code)
