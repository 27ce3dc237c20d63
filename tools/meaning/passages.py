"""The open texts that the table is trained on, as passages of a sentence or a few."""

import gzip
import re
from pathlib import Path

# Annotated sets whose licences allow a model to be trained and shipped under MIT or
# Apache-2.0 (their SOURCE.txt says so).
SENTENCES = [
    "redocred", "gum", "wikigold", "uner_en",
    "multiconer1_en", "multiconer2_en", "crossner_ai", "crossner_literature", "crossner_music",
    "crossner_politics", "crossner_science", "btc", "wnut17", "sgd_media", "snips_media_cc0",
]
# Lists of names whose licence is CC0 or public domain, and how many of each.
LISTS = {
    "wikidata_2016/movies": 4000, "wikidata_2016/tvshows": 1500, "wikidata_2016/music_artists": 2000,
    "wikidata_2016/companynames": 2000, "wikidata_2016/persons": 2000, "streaming_titles/tv_shows": 1000,
}
# At most so many sentences of one set: dialogues and commands are much alike.
MOST = {"sgd_media": 1000, "snips_media_cc0": 800, "btc": 1500, "wnut17": 1500, "multiconer1_en": 4000, "multiconer2_en": 4000}
# Synsets, evenly over all.
GLOSSES = 40_000


def sentences(folder):
    """The sentences of the annotated files of a folder, in order of file and place."""
    for path in sorted(Path(folder).glob("*.bio.gz")):
        words = []
        for line in gzip.open(path, "rt", encoding="utf-8"):
            word = line.split("\t")[0].strip()
            if word:
                words.append(word)
            elif words:
                yield " ".join(words)
                words = []
        if words:
            yield " ".join(words)


def evenly(items, most):
    """At most so many of the items, evenly spread over all."""
    return items if len(items) <= most else [items[i * len(items) // most] for i in range(most)]


def glosses(folder):
    """The words of each WordNet synset with their definition, without the examples."""
    for part in ["noun", "verb", "adj", "adv"]:
        for line in open(Path(folder) / f"data.{part}", encoding="utf-8"):
            if line.startswith("  "):
                continue
            head, gloss = line.split(" | ", 1)
            fields = head.split(" ")
            count = int(fields[3], 16)
            gloss = gloss.split('; "')[0]
            words = [re.sub(r"\(.*\)$", "", fields[4 + 2 * i]).replace("_", " ") for i in range(count)]
            yield ", ".join(words) + ": " + gloss.strip()


def own(folder):
    """The paragraphs of the project's articles."""
    for path in sorted(Path(folder).rglob("*")):
        if path.suffix in {".txt", ".md"}:
            for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
                text = " ".join(line for line in paragraph.split("\n") if not re.match(r"[\w-]+: |---", line))
                if len(text.split()) >= 8:
                    yield text


def passages(shared, wordnet, corpus):
    """All passages, each once, in a fixed order."""
    found = {}
    for name in SENTENCES:
        lines = [line for line in sentences(Path(shared) / "ner" / name) if len(line.split()) >= 5]
        found.update(dict.fromkeys(evenly(list(dict.fromkeys(lines)), MOST.get(name, 3000))))
    for name, most in LISTS.items():
        path = Path(shared) / "gazetteers" / f"{name}.tsv.gz"
        lines = [line.split("\t")[0].strip() for line in gzip.open(path, "rt", encoding="utf-8")]
        found.update(dict.fromkeys(evenly(lines, most)))
    found.update(dict.fromkeys(evenly(list(glosses(wordnet)), GLOSSES)))
    found.update(dict.fromkeys(own(corpus)))
    return list(found)
