"""The inputs of both scripts: articles, queries, and a work folder."""

import contextlib
import gzip
import json
import re
import sys
import tempfile
from pathlib import Path

from measure import Failed

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
NEWS = [
    DATA / "news" / name for name in ("entertainment.jsonl.gz", "general.jsonl.gz", "huffpost.jsonl.gz", "bbc.tar.xz")
]
QUERIES = DATA / "queries" / "topics.mq.1-10000.txt.gz"


def add_options(parser):
    """Adds the options that both scripts have."""
    binary = ROOT / "target" / "release" / "newsearch"
    parser.add_argument(
        "--newsearch", type=Path, default=binary, metavar="BIN", help="default: target/release/newsearch"
    )
    parser.add_argument(
        "--articles", type=Path, nargs="+", metavar="PATH", help="JSON lines, text files, tar archives, folders"
    )
    parser.add_argument(
        "--queries", type=Path, metavar="FILE", help="a query a line; a number and colon in front are cut off"
    )
    parser.add_argument("--work", type=Path, metavar="DIR", help="where everything goes (default: a temporary folder)")
    parser.add_argument("--keep", action="store_true", help="leave the temporary folder there")


def say(text):
    """Prints progress."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def work_folder(options):
    """The work folder, removed at the end if it is temporary."""
    if options.work or options.keep:
        folder = options.work or Path(tempfile.mkdtemp(prefix="peers-"))
        folder.mkdir(parents=True, exist_ok=True)
        say(f"work folder: {folder}")
        yield folder.resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="peers-") as folder:
            yield Path(folder)


def program(path, option):
    """The full path of a program of the project, which must exist."""
    if not path.is_file():
        raise Failed(f"{path}: not found; run `cargo build --release --workspace`, or name it with {option}")
    return path.resolve()


def article_paths(options):
    """The given articles, or else the news sets, or else the sample articles."""
    return options.articles or [path for path in NEWS if path.exists()] or [ROOT / "corpus"]


def read_queries(options):
    """The queries of the given file, or else of the log; None without either."""
    path = options.queries or (QUERIES if QUERIES.exists() else None)
    if not path:
        return None
    if not path.exists():
        raise Failed(f"{path}: not found; name a file of queries with --queries")
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", errors="replace") as lines:
        queries = [re.sub(r"^\d+:", "", line).strip() for line in lines]
    return [query for query in queries if query]


def queries_of_articles(articles):
    """Pairs of neighboring long words from the titles of prepared articles."""
    queries = []
    with open(articles, encoding="utf-8") as lines:
        for line in lines:
            words = re.findall(r"\w{4,}", json.loads(line)["title"].lower())
            queries.extend(" ".join(words[at : at + 2]) for at in range(0, len(words) - 1, 2))
    return queries


def spread(items, count):
    """`count` of the items, evenly spread."""
    count = min(count, len(items))
    return [items[at * len(items) // count] for at in range(count)]


def write_queries(queries, path):
    """Writes a file with one query in each line."""
    path.write_text("".join(query + "\n" for query in queries), encoding="utf-8")
    return path
