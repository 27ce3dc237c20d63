"""The tools that are compared: how each is installed, indexes and answers.

Cargo, pip and apt-get bring them; everything but Debian's packages goes to the
work folder.
"""

import json
import os
import re
import shutil
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from measure import Failed, folder_bytes

HERE = Path(__file__).resolve().parent
WRITER_BYTES = 192_000_000
THREADS = 2


@dataclass
class Place:
    """The inputs of all tools."""

    bench: object
    work: Path
    newsearch: Path

    @property
    def articles(self):
        """The prepared articles."""
        return self.work / "articles.jsonl"


class Tool:
    """The base class of all tools."""

    key = label = release = ""
    snippets = facets = names = False
    slow = False
    codes = (0,)

    def __init__(self, place):
        self.place = place
        self.folder = place.work / "index" / self.key

    def install(self):
        """Makes the tool ready to run."""

    def version(self):
        """Its version, as it reports it."""
        return self.place.bench.version(self.version_command())

    def version_command(self):
        """The command that prints its version."""
        return [self.program, "--version"]

    def name(self):
        """Its name in the report."""
        return f"{self.label} {self.release}".strip()

    def clear(self):
        """Removes its index."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def index(self):
        """The command that indexes the articles; None if it has no index."""

    def batch(self, queries, threads):
        """The command that answers a file of queries; None if it has none."""

    def query(self, query):
        """The command that answers one query."""

    def size(self):
        """The bytes of its index."""
        return folder_bytes(self.folder)

    def hits(self, line):
        """The query number and the ids of the hits in a line of its batch output."""
        number, article, *_ = line.split("\t")
        return int(number), [article]


class Newsearch(Tool):
    """This project."""

    key, label = "newsearch", "newsearch"
    snippets = facets = names = True
    codes = (0, 1)

    def version_command(self):
        return [self.place.newsearch, "--version"]

    def index(self):
        return [*self.at("index"), "--quiet", "--threads", THREADS, self.place.articles]

    def batch(self, queries, threads):
        return [*self.at("batch"), "--format", "jsonl", "--threads", threads, queries]

    def query(self, query):
        return [*self.at("query"), "--", query]

    def at(self, command):
        """A command and the index."""
        return [self.place.newsearch, command, "--index", self.folder]

    def hits(self, line):
        answer = json.loads(line)
        return int(answer["id"]), [hit["id"] for hit in answer.get("hits", [])]


class BareTantivy(Tool):
    """The engine that newsearch is built on, alone."""

    key, label = "tantivy", "bare tantivy"

    def install(self):
        self.program = build_crate(self.place, HERE / "rust", "bare-tantivy")

    def version(self):
        return locked_version(HERE / "rust", "tantivy")

    def index(self):
        return [self.program, "index", self.place.articles, self.folder]

    def batch(self, queries, threads):
        return [self.program, "batch", self.folder, queries, threads]

    def query(self, query):
        return [self.program, "query", self.folder, query]


class SeekStorm(Tool):
    """SeekStorm, which uses as many threads as it may use cores."""

    key, label = "seekstorm", "SeekStorm"
    snippets = True

    def install(self):
        self.program = build_crate(self.place, HERE / "seekstorm", "peer-seekstorm")
        self.pin = find("taskset", "util-linux")

    def version(self):
        return locked_version(HERE / "seekstorm", "seekstorm")

    def index(self):
        return self.on(THREADS, "index", self.place.articles, self.folder)

    def batch(self, queries, threads):
        return self.on(threads, "batch", self.folder, queries)

    def query(self, query):
        return [self.program, "query", self.folder, query]

    def on(self, cores, *command):
        """A command that may use that many cores."""
        allowed = sorted(os.sched_getaffinity(0))[:cores]
        return [self.pin, "-c", ",".join(map(str, allowed)), self.program, *command]


class PythonTool(Tool):
    """A tool that is used through Python, by a script of this folder."""

    script = ask_version = ""
    python = sys.executable

    def version_command(self):
        return [self.python, "-c", self.ask_version]

    def index(self):
        return [self.python, HERE / self.script, "index", self.place.articles, self.folder]

    def batch(self, queries, threads):
        return [self.python, HERE / self.script, "batch", self.folder, queries, threads]

    def query(self, query):
        return [self.python, HERE / self.script, "query", self.folder, query]


class Fts5(PythonTool):
    """SQLite's full-text index."""

    key, label, script = "fts5", "SQLite FTS5", "fts5.py"
    ask_version = "import sqlite3; print(sqlite3.sqlite_version)"
    snippets = slow = True


class Xapian(PythonTool):
    """Xapian, on which desktop search such as recoll is built."""

    key, label, script = "xapian", "Xapian", "xapian_peer.py"
    ask_version = "import xapian; print(xapian.version_string())"
    snippets = slow = True

    def install(self):
        # Debian's binding works with Debian's Python only.
        self.python = shutil.which("python3", path=os.defpath) or sys.executable
        try:
            self.version()
        except Failed:
            install_package(self.place, "python3-xapian")


class Bm25s(PythonTool):
    """bm25s with its compiled loops."""

    key, label, script = "bm25s", "bm25s", "bm25s_peer.py"
    ask_version = "from importlib.metadata import version; print(version('bm25s'))"

    def install(self):
        folder = self.place.work / "venv"
        self.python = folder / "bin" / "python"
        if not self.python.exists():
            venv.create(folder, with_pip=True)
        self.place.bench.run([self.python, "-m", "pip", "install", "--quiet", "bm25s", "numba", "PyStemmer"])


class TantivyCli(Tool):
    """Tantivy's own command line, for the cold query only."""

    key, label = "tantivy-cli", "tantivy-cli"

    def install(self):
        # Without its lock file, which has a crate that new compilers reject.
        root = self.place.work / "tools"
        self.program = root / "bin" / "tantivy"
        if not self.program.exists():
            target = ["--target-dir", self.place.work / "target"]
            self.place.bench.run([find("cargo", "cargo"), "install", "--quiet", "tantivy-cli", "--root", root, *target])

    def index(self):
        self.folder.mkdir(parents=True)
        (self.folder / "meta.json").write_text(json.dumps(tantivy_meta()))
        memory = ["-t", THREADS, "-m", WRITER_BYTES]
        return [self.program, "index", "-i", self.folder, "-f", self.place.articles, *memory]

    def query(self, query):
        # Its parser rejects malformed queries.
        return [self.program, "search", "-i", self.folder, "-q", " ".join(re.findall(r"\w+", query))]


class Ripgrep(Tool):
    """ripgrep over one folder of text files: it has no index."""

    key, label = "rg-folder", "a folder of files"
    codes = (0, 1)
    text = "text"

    def install(self):
        if not shutil.which("rg"):
            install_package(self.place, "ripgrep")
        self.program = find("rg", "ripgrep")

    def name(self):
        return f"rg {self.release} -c, {self.label}"

    def query(self, query):
        return [self.program, "-c", "-i", "-F", "-e", query, self.place.work / self.text]

    def size(self):
        return 0


class RipgrepOne(Ripgrep):
    """ripgrep over all texts in one file."""

    key, label = "rg-file", "one big file"
    text = "text.txt"


TOOLS = {
    tool.key: tool for tool in (Newsearch, BareTantivy, SeekStorm, Fts5, Xapian, Bm25s, TantivyCli, Ripgrep, RipgrepOne)
}


def tantivy_meta():
    """An empty index with the fields of bare tantivy, for a program that asks for them interactively."""
    indexing = {"record": "position", "fieldnorms": True, "tokenizer": "en_stem"}
    fields = {"id": None, "title": indexing, "body": indexing}
    schema = [
        {"name": name, "type": "text", "options": {"indexing": how, "stored": True, "fast": False}}
        for name, how in fields.items()
    ]
    settings = {"docstore_compression": "lz4", "docstore_blocksize": 16384}
    return {"index_settings": settings, "segments": [], "schema": schema, "opstamp": 0}


def find(program, package):
    """The path of a program, which must exist."""
    path = shutil.which(program)
    if not path:
        raise Failed(f"the program `{program}` is missing; install {package}")
    return path


def build_crate(place, crate, program):
    """Builds a crate of this folder; returns the path of its program."""
    target = place.work / "target"
    manifest = ["--manifest-path", crate / "Cargo.toml", "--target-dir", target]
    place.bench.run([find("cargo", "Rust"), "build", "--quiet", "--release", "--locked", *manifest])
    return target / "release" / program


def locked_version(crate, package):
    """The locked version of a dependency of a crate of this folder."""
    lock = (crate / "Cargo.lock").read_text(encoding="utf-8")
    return re.search(rf'name = "{package}"\nversion = "(.*?)"', lock)[1]


def install_package(place, package):
    """Installs a package of Debian."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Failed(f"Debian's {package} is missing; install it: sudo apt-get install {package}")
    place.bench.run(["apt-get", "update"])
    place.bench.run(["apt-get", "install", "-y", "--no-install-recommends", package])
