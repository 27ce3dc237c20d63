"""Writes the results as Markdown."""

from measure import median, percentile

MB = 1e6
WORDS = {True: "yes", False: "no"}

HEAD = (
    "tool", "snippets", "facets", "names", "indexing, s", "its memory, MB", "index, MB", "of the text",
    "queries/s, 1 thread", "2 threads", "start, ms", "cold query, ms", "9 of 10 below, ms", "its memory, MB", "hits", "shared hits",
)  # fmt: skip

NOT_ALIKE = """\
- newsearch recognizes names while it indexes, and stores names, dates, facets and
  near-duplicates in its index; no other tool does. Its answers contain snippets, the facets
  of all hits and the number of all hits. Bare tantivy, bm25s and tantivy-cli make
  no snippets; ripgrep only counts.
- newsearch requires all words, or most of those of a long query; the others
  match any word. It may therefore return fewer than ten hits, and its hits
  differ. “Shared hits” is the mean share of a tool's hits
  that bare tantivy has among its ten.
- A batch is a whole process: starting, opening the index, answering, printing.
  “Start” is the time of a batch with one query.
- {slow}
- The second thread of SQLite and Xapian is a second process over half of the
  queries. SeekStorm has no setting for threads; it is given as many cores.
- SQLite, Xapian and bm25s are called through Python, and a cold query of theirs
  starts Python, which alone takes {python:.0f} ms here.
- bm25s compiles its loops each time a batch starts. Its index holds neither
  texts nor positions, so it can show no snippet and find no phrase.
- tantivy-cli prints all matching articles in full, unordered; bare
  tantivy's query prints the best ten.
- ripgrep reads the text itself, plain files in the page cache, and looks for the
  query as one string without regard to case, which is the cheapest way to use it.
- Xapian stands for desktop search that is built on it, such as recoll. It keeps
  each article uncompressed; SQLite does as well.
- Stemmers are similar (English Snowball; the older Porter in SQLite). No tool
  removes stop words. SeekStorm joins pairs of common words in its index.
- Memory is the peak resident set, with pages of mapped index files, which the
  system may reclaim. Files stay in the page cache throughout.
"""


def number(value, digits=0):
    """A figure, or a dash if there is none."""
    return "—" if value is None else f"{value:,.{digits}f}"


def scaled(value, unit):
    """A figure in a larger unit, if there is one."""
    return None if value is None else value / unit


class Result:
    """The measurements of one tool."""

    def __init__(self, tool):
        self.tool = tool
        self.indexing, self.index_memory, self.cold, self.query_memory = [], [], [], []
        self.rates = {1: [], 2: []}
        self.size = self.start = self.hits = self.shared = None

    def rate(self, threads):
        """Queries a second."""
        return median(self.rates[threads])

    def cold_ms(self):
        """The median cold query."""
        return scaled(median(self.cold), 1e-3)

    def index_peak(self):
        """The most memory that indexing took."""
        return max(self.index_memory, default=None)

    def query_peak(self):
        """The most memory that a query took."""
        return max(self.query_memory, default=None)

    def name(self):
        """The tool's name, marked if it answers fewer queries."""
        return self.tool.name() + (" *" if self.tool.slow else "")

    def row(self, text_bytes):
        """The tool's line of the table."""
        slowest = percentile(self.cold, 0.9) * 1e3 if self.cold else None
        return [
            self.name(),
            WORDS[self.tool.snippets], WORDS[self.tool.facets], WORDS[self.tool.names],
            number(median(self.indexing), 1), number(scaled(self.index_peak(), MB)),
            number(scaled(self.size, MB), 1), number(scaled(self.size, text_bytes), 2),
            number(self.rate(1)), number(self.rate(2)),
            number(scaled(self.start, 1e-3)), number(self.cold_ms(), 1), number(slowest, 1), number(scaled(self.query_peak(), MB)),
            number(self.hits, 1), number(self.shared, 2),
        ]  # fmt: skip


def table(head, rows):
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def ratio(ours, theirs):
    """The ratio, if both values are known."""
    return ours / theirs if ours is not None and theirs else None


def wanted(results, text_bytes):
    """The goals of the project: description, measured ratio, sign and bound."""
    ours = results["newsearch"]
    none = Result(ours.tool)
    tantivy, fts5, cli, folder, one = (
        results.get(key, none) for key in ("tantivy", "fts5", "tantivy-cli", "rg-folder", "rg-file")
    )
    yield "indexing time / bare tantivy", ratio(median(ours.indexing), median(tantivy.indexing)), "≤", 6
    yield "queries a second, 1 thread / SQLite FTS5, 1 process", ratio(ours.rate(1), fts5.rate(1)), "≥", 30
    for threads, name in ((1, "1 thread"), (2, "2 threads")):
        yield f"queries a second / bare tantivy, {name}", ratio(ours.rate(threads), tantivy.rate(threads)), "≥", 0.3
    yield "cold query / tantivy-cli", ratio(ours.cold_ms(), cli.cold_ms()), "≤", 1.5
    yield "cold query / bare tantivy", ratio(ours.cold_ms(), tantivy.cold_ms()), "≤", None
    yield "cold query / rg -c, folder", ratio(ours.cold_ms(), folder.cold_ms()), "<", 1
    yield "cold query / rg -c, one file", ratio(ours.cold_ms(), one.cold_ms()), "<", 1
    yield "index / text", ratio(ours.size, text_bytes), "≤", 0.9
    yield "memory of a query, MB", scaled(ours.query_peak(), MB), "<", 60
    yield "memory of indexing, MB", scaled(ours.index_peak(), MB), "<", 600


def wanted_row(name, value, sign, bound):
    """A line of the table of ratios."""
    holds = {"≤": lambda: value <= bound, "≥": lambda: value >= bound, "<": lambda: value < bound}
    if bound is None:
        return [name, number(value, 2), "—", "—"]
    met = "not measured" if value is None else WORDS[holds[sign]()]
    return [name, number(value, 2), f"{sign} {bound:g}", met]


def write(results, facts):
    """The whole report."""
    size = facts["text_bytes"]
    intro = (
        f"{facts['articles']:,} articles, {size / MB:.1f} MB of text; {facts['cores']} cores; {facts['rounds']} round(s), "
        f"medians; {facts['count']:,} queries a batch; {facts['cold']} cold queries a round."
    )
    parts = [
        intro,
        table(HEAD, [result.row(size) for result in results.values()]),
        "## Goals",
        table(("ratio", "measured", "goal", "met"), [wanted_row(*line) for line in wanted(results, size)]),
        "## What differs between the tools",
        NOT_ALIKE.format(**facts).rstrip(),
        *(f"Left out: {key}: {' '.join(reason.split())}" for key, reason in facts["left_out"].items()),
    ]
    return "\n\n".join(parts) + "\n"
