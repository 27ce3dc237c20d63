#!/usr/bin/env python3
"""Writes the articles of entertainment.tsv with their names marked, for `newsearch eval entities`.

mark.py ENTERTAINMENT.jsonl.gz FOLDER

ENTERTAINMENT.jsonl.gz has an article a line, with `id`, `title` and `text`; FOLDER gets one text file
for each of the 40 articles.
"""
import gzip
import json
import pathlib
import sys


def names():
    """The names of each article, by its id: first byte, the byte after the last, kind, canonical name."""
    found = {}
    with open(pathlib.Path(__file__).with_name("entertainment.tsv"), encoding="utf8") as lines:
        for line in lines:
            if not line.startswith("#"):
                article, start, end, kind, name = line.rstrip("\n").split("\t")
                found.setdefault(article, []).append((int(start), int(end), kind, name))
    return found


def marked(text, names):
    """A text with its names marked."""
    text, parts, last = text.encode(), [], 0
    for start, end, kind, name in sorted(names):
        mark = f"[[{text[start:end].decode()}|{kind}|{name}]]"
        parts += [text[last:start], mark.encode()]
        last = end
    return b"".join([*parts, text[last:]])


def main(articles, folder):
    known = names()
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(articles, "rt", encoding="utf8") as lines:
        for article in map(json.loads, lines):
            if article["id"] in known:
                title, text = article["title"], article["text"]
                whole = text if text.startswith(title) else f"{title}\n\n{text}"
                (folder / f"{article['id']}.txt").write_bytes(marked(whole, known.pop(article["id"])))
    if known:
        sys.exit(f"{articles}: no article {', '.join(known)}; expected the entertainment set")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
