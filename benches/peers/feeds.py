"""Compares how many articles newsearch and feedparser read of the same feeds.

    python3 benches/peers/feeds.py --newsearch target/release/newsearch --work DIR [FOLDER]

Without FOLDER the feeds are feedparser's own test files, well-formed and not, which are
in its source package on PyPI. A feed counts if feedparser finds an entry with a title or
a text in it, tags aside. Only counts are printed; nothing of the files is kept.
"""

import argparse
import collections
import json
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

RELEASE = "feedparser==6.0.14"
COUNT = """
import json, re, sys, feedparser
for path in map(str.strip, sys.stdin):
    try:
        entries = feedparser.parse(open(path, "rb").read()).entries
    except Exception as error:
        entries = []
    parts = lambda e: [e.get("title"), e.get("summary"), *(c.get("value") for c in e.get("content", []))]
    text = lambda e: any(re.sub(r"<[^>]*>", "", part or "").strip() for part in parts(e))
    print(json.dumps([path, sum(bool(text(e)) for e in entries)]))
"""


def installed(work):
    """Python with feedparser, in a folder of its own."""
    home = work / "feedparser"
    if not (home / "bin" / "python").exists():
        venv.create(home, with_pip=True)
        subprocess.run([home / "bin" / "python", "-m", "pip", "install", "--quiet", RELEASE], check=True)
    return home / "bin" / "python"


def test_files(python, work):
    """The feeds among feedparser's test files."""
    folder = work / "feeds"
    if not folder.exists():
        command = [python, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", RELEASE]
        subprocess.run([*command, "--dest", folder], check=True)
        with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
            archive.extractall(folder, filter="data")
    return next(folder.glob("*/tests"))


def main():
    """Prints how many feeds both read, and those that differ."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--newsearch", default="target/release/newsearch")
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--names", action="store_true", help="name the feeds that differ")
    given = options.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    python = installed(given.work)
    folder = given.folder or test_files(python, given.work)
    paths = sorted(str(path.resolve()) for path in folder.rglob("*") if path.is_file() and path.suffix == ".xml")
    counted = subprocess.run([python, "-c", COUNT], input="\n".join(paths), stdout=subprocess.PIPE, text=True, check=True)
    wanted = {path: count for path, count in map(json.loads, counted.stdout.splitlines()) if count}
    found = collections.Counter()
    run = subprocess.run([given.newsearch, "annotate", *wanted, "--format", "jsonl", "--quiet"], capture_output=True, text=True)
    for line in run.stdout.splitlines():
        found[str(Path(json.loads(line)["path"]).resolve())] += 1
    read = [path for path in wanted if found[path]]
    equal = [path for path, count in wanted.items() if found[path] == count]
    print(f"{len(wanted)} feeds with entries: {len(read)} read, {len(equal)} with as many articles")
    if given.names:
        print("\n".join(f"{path}: {found[path]} of {count}" for path, count in wanted.items() if found[path] != count))


if __name__ == "__main__":
    sys.exit(main())
