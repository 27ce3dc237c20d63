"""From the encoder's vectors to a table of static ones: start, then training."""

import numpy as np

SEED = 29
# SIF weight of a piece, a / (a + p) (Arora, Liang and Ma 2017), with p by Zipf's law
# from its rank: the vocabulary is in order of frequency from its first word on.
SIF = 1e-4
FIRST_WORD = 996
# Of so many passages one is kept out of the training.
KEPT_OUT = 20
BATCH = 256
RATE = 2e-3
EPOCHS = 8
# Pull of each vector toward its start.
PULL = 1e-4
# The share of the pieces of a passage that training leaves out, as questions do.
DROPPED = 0.3


def normal(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)


def principal(rows, dims):
    """The mean and the directions of most variance."""
    mean = rows.mean(axis=0)
    centered = (rows - mean).astype(np.float64)
    _, directions = np.linalg.eigh(centered.T @ centered)
    directions = directions[:, ::-1][:, :dims]
    # A direction and its opposite are as good: the sign of the largest part decides.
    largest = directions[np.abs(directions).argmax(axis=0), np.arange(dims)]
    return mean, (directions * np.sign(largest)).astype(np.float32)


class Bags:
    """Passages as lists of pieces, end to end."""

    def __init__(self, lists):
        self.lists = [np.array(each, dtype=np.int64) for each in lists]

    def take(self, which, random=None):
        """The pieces of some passages and where each passage begins."""
        chosen = [self.lists[at] for at in which]
        if random is not None:
            kept = [random.random(len(each)) >= DROPPED for each in chosen]
            chosen = [each[keep] if keep.any() else each for each, keep in zip(chosen, kept)]
        starts = np.cumsum([0] + [len(each) for each in chosen[:-1]])
        return np.concatenate(chosen), starts, np.array([len(each) for each in chosen])


def means(table, pieces, starts, counts):
    return np.add.reduceat(table[pieces], starts, axis=0) / counts[:, None]


def weights(size):
    rank = np.maximum(np.arange(size) - FIRST_WORD + 1, 1)
    frequency = 1 / (rank * np.log(size))
    return (SIF / (SIF + frequency)).astype(np.float32)


def aligned(pieces, bags, targets, training):
    """The encoder's vectors of single pieces, weighted, then mapped by one ridge
    regression so that the mean over a passage is near the passage's vector."""
    mean, _ = principal(pieces, 1)
    start = (pieces - mean) * weights(len(pieces))[:, None]
    rows = np.concatenate([means(start, *bags.take(part)) for part in np.array_split(training, 64)])
    rows = normal(rows).astype(np.float64)
    square = rows.T @ rows
    ridge = square + np.eye(len(square)) * 1e-3 * np.trace(square) / len(square)
    return (start @ np.linalg.solve(ridge, rows.T @ targets[training].astype(np.float64))).astype(np.float32)


def loss(table, bags, targets, which):
    """One less the mean cosine."""
    total = 0.0
    for part in np.array_split(which, max(1, len(which) // 1024)):
        total += (normal(means(table, *bags.take(part))) * targets[part]).sum()
    return 1 - total / len(which)


def trained(table, bags, targets, training, kept_out, report=print):
    """Trains the table (Adam on the rows that a batch has) to the best epoch by the
    passages kept out."""
    random = np.random.default_rng(SEED)
    start = table.copy()
    scale = np.float32(np.sqrt((table * table).sum(axis=1).mean()))
    table = table / scale
    start = start / scale
    first, second = np.zeros_like(table), np.zeros_like(table)
    steps = np.zeros(len(table), dtype=np.int64)
    best, best_loss = table.copy(), loss(table, bags, targets, kept_out)
    report(f"start: {best_loss:.4f} kept out")
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS)
        for part in np.array_split(random.permutation(training), len(training) // BATCH):
            pieces, starts, counts = bags.take(part, random)
            mean = means(table, pieces, starts, counts)
            length = np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-6)
            unit = mean / length
            wanted = targets[part]
            slope = -(wanted - (unit * wanted).sum(axis=1, keepdims=True) * unit) / length / counts[:, None]
            each = np.repeat(slope, counts, axis=0)
            order = np.argsort(pieces, kind="stable")
            rows, where = np.unique(pieces[order], return_index=True)
            gradient = np.add.reduceat(each[order], where, axis=0) + PULL * (table[rows] - start[rows])
            steps[rows] += 1
            first[rows] = 0.9 * first[rows] + 0.1 * gradient
            second[rows] = 0.999 * second[rows] + 0.001 * gradient * gradient
            n = steps[rows][:, None]
            move = (first[rows] / (1 - 0.9**n)) / (np.sqrt(second[rows] / (1 - 0.999**n)) + 1e-8)
            table[rows] -= (rate * move).astype(np.float32)
        now = loss(table, bags, targets, kept_out)
        report(f"epoch {epoch + 1}: {now:.4f} kept out")
        if now < best_loss:
            best, best_loss = table.copy(), now
        elif epoch > 3:
            break
    return best


def distilled(pieces, lists, encoded, dimensions, report=print):
    """The table: one row a piece."""
    mean, directions = principal(encoded, dimensions)
    targets = normal((encoded - mean) @ directions)
    bags = Bags(lists)
    every = np.arange(len(lists))
    kept_out, training = every[::KEPT_OUT], every[every % KEPT_OUT != 0]
    start = aligned(pieces, bags, targets, training)
    return trained(start, bags, targets, training, kept_out, report)
