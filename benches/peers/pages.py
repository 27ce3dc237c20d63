"""Compares what newsearch and other tools extract of the same saved pages.

    python3 benches/peers/pages.py FOLDER --newsearch target/release/newsearch --work DIR

FOLDER has `html/ID.html` and `gold.jsonl`: a JSON object a line with `id` (its part
before `__` is the set), and of `title`, `date`, `published`, `authors`, `author`,
`byline`, `text`, and of phrases `with` and `without` what is known of the page.
Prints a Markdown table of each set. The peers are installed from PyPI into DIR.
"""

import argparse
import collections
import datetime
import json
import re
import statistics
import subprocess
import sys
import unicodedata
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = {
    "trafilatura": ["trafilatura", "lxml_html_clean"],
    "htmldate": ["htmldate"],
    "newspaper4k": ["newspaper4k", "lxml_html_clean"],
    "readability-lxml": ["readability-lxml", "lxml_html_clean"],
}
COLUMNS = ["title", "date right", "date wrong", "date none", "authors", "invented", "text F1", "phrases F"]


def words(text):
    """The words of a text in lower case, compatibility forms folded."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").lower())


def plain(text):
    """A text as its words only."""
    return " ".join(words((text or "").replace("’", "'")))


def bag_f1(gold, found):
    """The F1 of two bags of words."""
    wanted, got = collections.Counter(words(gold)), collections.Counter(words(found))
    common = sum((wanted & got).values())
    return 2 * common / (sum(wanted.values()) + sum(got.values())) if common else 0.0


def gold_days(page):
    """The days that count as right: a moment with a zone counts there and in UTC."""
    stated = str(page.get("date") or page.get("published") or "")
    days = {stated[:10]} if stated else set()
    if re.search(r"T.*[+-]\d\d:?\d\d$", stated):
        days.add(str(datetime.datetime.fromisoformat(stated).astimezone(datetime.timezone.utc).date()))
    return days


def gold_authors(page):
    """The names that a page has by its gold; None if the gold does not say."""
    for key in ("authors", "author", "byline"):
        if key in page and (page[key] is not None or key == "byline"):
            value = page[key] or []
            if isinstance(value, str):
                value = re.split(r"; |, | and | & ", re.sub(r"(?i)^\s*by\s+", "", value))
            return {plain(name) for name in value if name}
    return set() if "author" in page else None


class Score:
    """What a tool got right in one set of pages."""

    def __init__(self):
        self.counts = collections.Counter()
        self.texts = []

    def add(self, page, found):
        """Compares one page."""
        count = self.counts
        if page.get("title"):
            count["titles"] += 1
            count["title"] += plain(page["title"]) == plain(found.get("title"))
        days, day = gold_days(page), (found.get("date") or "")[:10]
        if days:
            count["dates"] += 1
            count["date right" if day in days else "date wrong" if day else "date none"] += 1
        wanted = gold_authors(page)
        names = {plain(name) for name in found.get("authors") or [] if plain(name)}
        if wanted:
            count["authored"] += 1
            count["authors"] += names == wanted
        elif wanted is not None:
            count["unauthored"] += 1
            count["invented"] += bool(names)
        text = found.get("text") or ""
        if page.get("text"):
            self.texts.append(bag_f1(page["text"], text))
        if "with" in page:
            kept = sum(phrase in text for phrase in page["with"])
            wrong = sum(phrase in text for phrase in page["without"])
            count["kept"] += kept
            count["lost"] += len(page["with"]) - kept
            count["wrong"] += wrong

    def cells(self, fields):
        """The row of the table; a dash where the tool or the gold has no such field."""
        count = self.counts
        phrases = 2 * count["kept"] + count["lost"] + count["wrong"]
        values = {
            "title": (count["titles"], f"{count['title']}/{count['titles']}"),
            "date right": (count["dates"], f"{count['date right']}/{count['dates']}"),
            "date wrong": (count["dates"], count["date wrong"]),
            "date none": (count["dates"], count["date none"]),
            "authors": (count["authored"], f"{count['authors']}/{count['authored']}"),
            "invented": (count["unauthored"], f"{count['invented']}/{count['unauthored']}"),
            "text F1": (self.texts, f"{statistics.mean(self.texts or [0]):.3f}"),
            "phrases F": (phrases, f"{2 * count['kept'] / max(phrases, 1):.3f}"),
        }
        field = {"date right": "date", "date wrong": "date", "date none": "date", "invented": "authors"}
        field |= {"text F1": "text", "phrases F": "text"}
        return [str(values[c][1]) if values[c][0] and field.get(c, c) in fields else "–" for c in COLUMNS]


def by_newsearch(program, folder):
    """What `newsearch annotate` gives of each page."""
    command = [program, "annotate", f"{folder}/html", "--format", "jsonl", "--quiet"]
    lines = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    for article in map(json.loads, lines):
        start, end = article["body"]
        text = article["text"].encode()[start:end].decode()
        name = Path(article["path"]).name.removesuffix(".html")
        yield name, {**article, "text": text, "date": article.get("published")}


def by_peer(peer, folder, work):
    """What a peer gives of each page, from `page_peers.py` in a folder with its packages."""
    home = work / peer
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS[peer]], check=True)
    lines = subprocess.run([python, HERE / "page_peers.py", peer, folder], stdout=subprocess.PIPE, text=True, check=True)
    for line in lines.stdout.splitlines():
        found = json.loads(line)
        yield found.pop("id"), found


FIELDS = {
    "newsearch": {"title", "date", "authors", "text"},
    "trafilatura": {"title", "date", "authors", "text"},
    "htmldate": {"date"},
    "newspaper4k": {"title", "date", "authors", "text"},
    "readability-lxml": {"title", "text"},
}


def main():
    """Runs all tools over the folder, and prints a table for each set."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--newsearch", default="target/release/newsearch")
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--peers", default=",".join(PEERS), help="comma-separated")
    given = options.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    lines = (given.folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    tables = collections.defaultdict(list)
    for tool in ["newsearch", *filter(None, given.peers.split(","))]:
        try:
            pages = by_newsearch(given.newsearch, given.folder) if tool == "newsearch" else by_peer(tool, given.folder, given.work)
            found = dict(pages)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{tool} is left out: {error}", file=sys.stderr)
            continue
        scores = collections.defaultdict(Score)
        for page in gold:
            scores[page["id"].split("__")[0]].add(page, found.get(page["id"], {}))
        for name, score in scores.items():
            tables[name].append([tool, *score.cells(FIELDS[tool])])
    for name, rows in tables.items():
        print(f"\n**{name}**\n\n| tool | {' | '.join(COLUMNS)} |\n| --- |{' --- |' * len(COLUMNS)}")
        for row in rows:
            print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
