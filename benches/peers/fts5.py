"""SQLite's full-text index: Porter stems, BM25 order, its own snippets."""

import re
import sqlite3
from pathlib import Path

import peer

TABLE = "CREATE VIRTUAL TABLE articles USING fts5(id UNINDEXED, title, body, tokenize='porter unicode61')"
INSERT = "INSERT INTO articles VALUES (:id, :title, :body)"
SNIPPET_WORDS = 32
SEARCH = f"""
    SELECT id, rank, title, snippet(articles, 2, '<b>', '</b>', '…', {SNIPPET_WORDS})
    FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT {peer.HITS}
"""
# The same memory as the writers of the other engines.
CACHE_KIB = 192_000


def connect(folder):
    """Opens the database of a folder."""
    database = sqlite3.connect(Path(folder) / "articles.db")
    database.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return database


def build(articles, folder):
    """Fills the table in one transaction, then merges its segments."""
    database = connect(folder)
    database.execute(TABLE)
    database.executemany(INSERT, articles)
    database.execute("INSERT INTO articles(articles) VALUES ('optimize')")
    database.commit()
    database.close()


def any_word(query):
    """An OR query of the words; quotation marks make each a plain word."""
    return " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))


def open_engine(folder):
    """A function from a query to its hits."""
    database = connect(folder)

    def search(query):
        wanted = any_word(query)
        return database.execute(SEARCH, (wanted,)).fetchall() if wanted else []

    return search


if __name__ == "__main__":
    peer.main(build, open_engine)
