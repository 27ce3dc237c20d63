"""bm25s: a precomputed matrix of scores; no positions, no texts, no snippets.

It answers a whole batch in one call, so its batch is not that of `peer`. A
batch compiles the engine's loops first (numba); one query goes without.
"""

import json
import os
import sys
from pathlib import Path

import bm25s
import Stemmer

import peer

LABELS = "labels.json"


def words(texts):
    """The stems of texts; stop words are kept, as in the other engines."""
    stemmer = Stemmer.Stemmer("english")
    return bm25s.tokenize(texts, stopwords=[], stemmer=stemmer, show_progress=False)


def build(articles, folder):
    """Saves the matrix of scores, and the id and title of each article."""
    os.makedirs(folder, exist_ok=True)
    labels, texts = [], []
    for article in articles:
        labels.append((article["id"], article["title"]))
        texts.append(f"{article['title']}\n{article['body']}")
    engine = bm25s.BM25()
    engine.index(words(texts), show_progress=False)
    engine.save(folder, show_progress=False)
    (Path(folder) / LABELS).write_text(json.dumps(labels, ensure_ascii=False), encoding="utf-8")


def answer(folder, queries, backend, threads):
    """Prints the hits of queries; a score of zero is not a hit."""
    engine = bm25s.BM25.load(folder, mmap=True, show_progress=False)
    engine.backend = backend
    labels = json.loads((Path(folder) / LABELS).read_text(encoding="utf-8"))
    asked = words([query for _, query in queries])
    count = min(peer.HITS, len(labels))
    found, scores = engine.retrieve(asked, k=count, n_threads=threads, show_progress=False)
    for (number, _), places, weights in zip(queries, found, scores):
        hits = [(*labels[at], weight) for at, weight in zip(places, weights) if weight > 0]
        sys.stdout.writelines(f"{number}\t{name}\t{weight}\t{peer.one_line(title)}\n" for name, title, weight in hits)


def main():
    """Runs one of the commands that all peers have."""
    match sys.argv[1:]:
        case ["index", jsonl, folder]:
            build(peer.read_articles(jsonl), folder)
        case ["batch", folder, queries, threads]:
            answer(folder, peer.read_queries(queries), "numba", int(threads))
        case ["query", folder, query]:
            answer(folder, [(1, query)], "numpy", 0)
        case _:
            sys.exit(peer.USAGE)


if __name__ == "__main__":
    main()
