"""Words that `newsearch annotate` finds in PDF files, beside those of pdftotext.

    python3 pdf.py NEWSEARCH FOLDER [--make] [--other COMMAND]

FOLDER is searched for *.pdf and *.pdf.gz. --make first writes files of our own into
FOLDER/made (needs reportlab, fpdf2 and weasyprint; groff if it is there). --other runs
another reader as `COMMAND FILE`, which prints the text. Words are runs of letters and
digits in lower case, compared as bags; headers that are repeated on pages, which
newsearch leaves out, count as lost. pdftotext is that of poppler-utils.
"""

import argparse
import collections
import gzip
import json
import pathlib
import re
import statistics
import subprocess
import tempfile
import unicodedata

PEOPLE = ["Ada Lind", "Bo Ray", "Cy Fox-Hart", "Dana Óskarsdóttir", "Émile Duprés", "Fay O’Neil", "Gül Şahin"]
VERBS = ["joins the cast of", "directs", "leaves", "sings in", "is honored for", "returns to", "produces"]
FILMS = ["Low Tide", "The Affable Office", "Flight of the Finch", "A Difficult Waffle", "Offshore", "Salt and Fire"]
ENDS = [
    "the studio said on Tuesday", "after a first offer failed", "in a well-known theater of the harbor town",
    "with a budget of 12.5 million dollars", "and the official trailer follows next week",
    "which critics found efficient, fluffy and flawed",
]


def sentence(seed):
    pick = lambda items, step: items[(seed * 7 + seed // 3 * step) % len(items)]
    return f"{pick(PEOPLE, 1)} {pick(VERBS, 2)} “{pick(FILMS, 3)}” {pick(ENDS, 5)}."


def paragraphs(seed, count=12):
    return [" ".join(sentence(seed * 50 + i * 5 + j) for j in range(4)) for i in range(count)]


def make_reportlab(folder):
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table

    styles = getSampleStyleSheet()
    for seed in range(12):
        columns, width = seed % 3 + 1, A4[0] - 80
        step = width / columns
        frames = [Frame(40 + step * i, 60, step - 8, A4[1] - 180, id=str(i)) for i in range(columns)]

        def running(canvas, doc, seed=seed):
            canvas.setFont("Helvetica-Bold", 22)
            if doc.page == 1:
                canvas.drawString(40, A4[1] - 90, f"{PEOPLE[seed % 7].split()[0]} opens {FILMS[seed % 6]}")
            canvas.setFont("Helvetica", 8)
            canvas.drawString(40, A4[1] - 30, "Reel Desk Weekly")
            canvas.drawCentredString(A4[0] / 2, 30, f"Page {doc.page}")

        doc = BaseDocTemplate(str(folder / f"reportlab{seed}.pdf"), pagesize=A4, title="untitled")
        doc.addPageTemplates(PageTemplate(frames=frames, onPage=running))
        style = ParagraphStyle("x", styles["Normal"], alignment=TA_JUSTIFY if seed % 2 else 0, firstLineIndent=seed % 4 * 5)
        story = []
        for index, text in enumerate(paragraphs(seed, 18)):
            story += [Paragraph(text, style)] + ([Spacer(1, 8)] if seed % 4 == 0 else [])
            if index == 5:
                story.append(Table([[film, person] for film, person in zip(FILMS, PEOPLE)]))
        doc.build(story)


def make_fpdf(folder):
    from fpdf import FPDF

    for seed in range(6):
        pdf = FPDF()
        pdf.set_title("Microsoft Word - tide.doc")
        pdf.add_page()
        pdf.set_font("Times", "B", 20)
        plain = lambda text: text.encode("latin-1", "ignore").decode("latin-1")
        pdf.multi_cell(0, 10, plain(sentence(seed)), new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("Times", size=11)
        for text in paragraphs(seed, 20):
            pdf.multi_cell(0, 5, plain(text), align="J", new_x="LMARGIN", new_y="NEXT")
            pdf.ln(3)
        pdf.output(str(folder / f"fpdf{seed}.pdf"))


def make_weasyprint(folder):
    from weasyprint import HTML

    for seed in range(8):
        body = "".join(f"<p>{text}</p>" for text in paragraphs(seed, 24))
        css = f"body {{ hyphens: auto; text-align: justify; column-count: {seed % 4 + 1}; font-family: {['serif', 'sans-serif'][seed % 2]} }} h1 {{ column-span: all }}"
        if seed % 2:
            css += "p { margin: 0; text-indent: 1.5em }"
        page = f"<html lang=en><title>{FILMS[seed % 6]} opens</title><style>{css}</style><body><h1>{FILMS[seed % 6]} opens</h1><p>March {seed + 1}, 2019</p>{body}"
        HTML(string=page).write_pdf(folder / f"weasyprint{seed}.pdf")


def make_groff(folder):
    for seed in range(4):
        source = ".TL\nLow Tide opens\n.AU\nAda Lind\n" + (".2C\n" if seed % 2 else "")
        source += "".join(f".PP\n{text}\n" for text in paragraphs(seed, 16))
        done = subprocess.run(["groff", "-K", "utf8", "-ms", "-T", "pdf"], input=source.encode(), capture_output=True)
        if done.returncode == 0 and done.stdout:
            (folder / f"groff{seed}.pdf").write_bytes(done.stdout)


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for maker in (make_reportlab, make_fpdf, make_weasyprint, make_groff):
        try:
            maker(folder)
        except (ImportError, OSError) as error:
            print(f"{maker.__name__}: {error}")


def bag(text):
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return collections.Counter(re.findall(r"[^\W_]+", text.lower()))


def peer_text(path):
    return subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, timeout=300).stdout.decode("utf-8", "replace")


def our_text(newsearch, path):
    done = subprocess.run([newsearch, "annotate", "--format", "jsonl", "--max-text", str(64 << 20), path], capture_output=True, timeout=600)
    lines = [json.loads(line) for line in done.stdout.decode("utf-8", "replace").splitlines() if line.startswith("{")]
    return "\n".join(line.get("text", "") for line in lines), done.stderr.decode("utf-8", "replace").strip()


def other_text(command, path):
    done = subprocess.run(command.split() + [path], capture_output=True, timeout=600)
    return done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace").strip()[-200:]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("newsearch")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--make", action="store_true")
    parser.add_argument("--other")
    options = parser.parse_args()
    if options.make:
        make(options.folder / "made")
    found = sorted(set(options.folder.rglob("*.pdf")) | set(options.folder.rglob("*.pdf.gz")))
    recalls, precisions = [], []
    for path in found:
        with tempfile.TemporaryDirectory() as scratch:
            name = pathlib.Path(scratch) / "file.pdf"
            content = path.read_bytes()
            name.write_bytes(gzip.decompress(content) if path.suffix == ".gz" else content)
            try:
                expected = bag(peer_text(str(name)))
                read = other_text(options.other, str(name)) if options.other else our_text(options.newsearch, str(name))
            except subprocess.TimeoutExpired:
                print(f"timeout {path}")
                continue
        if sum(expected.values()) < 20:
            print(f"no text for pdftotext: {path}")
            continue
        text, errors = read
        words = bag(text)
        common = sum((expected & words).values())
        recalls.append(common / sum(expected.values()))
        precisions.append(common / max(1, sum(words.values())))
        print(f"{recalls[-1]:.3f} {precisions[-1]:.3f} {sum(expected.values()):8} {path.name} {errors[-160:] if not text else ''}")
    if recalls:
        for name, values in (("recall", recalls), ("precision", precisions)):
            print(f"{name}: mean {statistics.mean(values):.4f}, median {statistics.median(values):.4f}, {sum(v >= .97 for v in values)} of {len(values)} files at least .97")


if __name__ == "__main__":
    main()
