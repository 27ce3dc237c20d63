"""Reads articles in many formats and writes the file that every tool indexes."""

import bz2
import gzip
import json
import lzma
import re
import shutil
import tarfile
from pathlib import Path

TITLE_KEYS = ("title", "headline", "name")
BODY_KEYS = ("body", "text", "content", "article", "short_description", "description")
PACKED = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
TEXT_NAMES = (".txt", ".md")
LINES_NAMES = (".jsonl", ".ndjson")
HEADER_LINE = re.compile(r"^(title|date|source|section|author|url):\s*(.*)$", re.IGNORECASE)


class NoArticles(Exception):
    """What is missing, and what to do about it."""


def read(path):
    """Yields (title, body) of every article under a file, archive or folder."""
    path = Path(path)
    if not path.exists():
        raise NoArticles(f"{path}: not found; name existing files with --articles")
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and is_known(inner.name):
                yield from read(inner)
    elif is_tar(path.name):
        yield from from_tar(path)
    elif not is_known(path.name):
        raise NoArticles(f"{path}: expected .jsonl, .txt, .md or .tar, plain or packed with gzip, xz or bzip2")
    else:
        with open_packed(path) as lines:
            yield from from_lines(lines, path.name)


def is_tar(name):
    """Whether a name is that of a tar archive, compressed or not."""
    return ".tar" in Path(name).suffixes or name.endswith((".tgz", ".txz"))


def is_known(name):
    """Whether a name is that of a file with articles."""
    return is_tar(name) or bare_suffix(name) in LINES_NAMES + TEXT_NAMES


def bare_suffix(name):
    """The suffix of a name, without that of its compression."""
    path = Path(name)
    return path.with_suffix("").suffix if path.suffix in PACKED else path.suffix


def open_packed(path):
    """Opens a text file that may be compressed."""
    opener = PACKED.get(path.suffix, open)
    return opener(path, "rt", encoding="utf-8", errors="replace")


def from_tar(path):
    """Articles of the text files in a tar archive, in the order of their names."""
    with tarfile.open(path) as archive:
        members = [member for member in archive.getmembers() if member.isfile() and is_known(member.name)]
        for member in sorted(members, key=lambda member: member.name):
            text = archive.extractfile(member).read().decode("utf-8", errors="replace")
            yield from from_lines(text.splitlines(keepends=True), member.name)


def from_lines(lines, name):
    """Articles of an open file: one in each line, or the whole file."""
    if bare_suffix(name) in LINES_NAMES:
        yield from (from_record(json.loads(line)) for line in lines if line.strip())
    else:
        yield from_text("".join(lines))


def from_record(record):
    """Title and body of a record, whatever their keys."""
    return first_text(record, TITLE_KEYS), first_text(record, BODY_KEYS)


def first_text(record, keys):
    """The first of some keys that holds text."""
    found = (record[key] for key in keys if isinstance(record.get(key), str))
    return next((text.strip() for text in found if text.strip()), "")


def from_text(text):
    """Title and body of a text file: from header lines, or else from its first line."""
    lines = [line for line in text.strip().splitlines() if line.strip() != "---"]
    titles = [match[2].strip("'\"") for match in map(HEADER_LINE.match, lines) if match and match[1].lower() == "title"]
    body = [line for line in lines if not HEADER_LINE.match(line)]
    if titles:
        return titles[0], "\n".join(body).strip()
    return (body[0].strip(), "\n".join(body[1:]).strip()) if body else ("", "")


def prepare(paths, work):
    """Writes articles.jsonl, text/ and text.txt in the work folder; returns counts.

    Articles without a body are left out: not every tool takes them.
    """
    count, size = 0, 0
    folder = work / "text"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with (
        open(work / "articles.jsonl", "w", encoding="utf-8") as lines,
        open(work / "text.txt", "w", encoding="utf-8") as whole,
    ):
        for path in paths:
            for title, body in read(path):
                if not body:
                    continue
                count += 1
                size += len(title.encode()) + len(body.encode())
                article = {"id": f"n{count:07}", "title": title, "body": body}
                lines.write(json.dumps(article, ensure_ascii=False) + "\n")
                text = f"{title}\n{body}\n"
                whole.write(text)
                (folder / f"{count:07}.txt").write_text(text, encoding="utf-8")
    if not count:
        raise NoArticles("no articles with a text were found; name other files with --articles")
    return {"articles": count, "text_bytes": size}
