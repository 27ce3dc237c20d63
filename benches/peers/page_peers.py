"""Prints what one Python library extracts of saved pages, as JSON lines.

    python3 page_peers.py LIBRARY FOLDER

Runs in an environment that has the library; `pages.py` makes one. A page that makes
a library fail counts as one of which it finds nothing.
"""

import json
import sys
from pathlib import Path


def trafilatura(html):
    """With its defaults, and metadata."""
    from trafilatura import bare_extraction

    found = bare_extraction(html, with_metadata=True)
    if not found:
        return {}
    authors = [name for name in (found.author or "").split("; ") if name]
    return {"title": found.title, "date": found.date, "authors": authors, "text": found.text}


def htmldate(html):
    """The date of publication rather than of the last change."""
    from htmldate import find_date

    return {"date": find_date(html, original_date=True)}


def newspaper4k(html):
    """Without an address: none is given to the other tools either."""
    from newspaper import Article

    article = Article("")
    article.download(input_html=html)
    article.parse()
    date = str(article.publish_date)[:10] if article.publish_date else None
    return {"title": article.title, "date": date, "authors": article.authors, "text": article.text}


def readability_lxml(html):
    """The text of the elements that it keeps."""
    import lxml.html
    from readability import Document

    page = Document(html)
    kept = lxml.html.fromstring(page.summary())
    return {"title": page.short_title(), "text": "\n".join(kept.itertext())}


def main():
    """Prints a line for each page."""
    library, folder = sys.argv[1], Path(sys.argv[2])
    extract = globals()[library.replace("-", "_")]
    for path in sorted((folder / "html").glob("*.html")):
        html = path.read_bytes().decode("utf-8", "replace")
        try:
            found = extract(html)
        except Exception as error:  # Whatever a page makes a library do.
            print(f"{path.name}: {library}: {error}", file=sys.stderr)
            found = {}
        print(json.dumps({"id": path.stem, **found}, ensure_ascii=False))


if __name__ == "__main__":
    main()
