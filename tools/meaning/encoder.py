"""The encoder: word pieces to the mean of its outputs, one thread, fixed batches."""

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

CLS, SEP = 101, 102
BATCH = 32


class Encoder:
    def __init__(self, model, tokenizer):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def vocabulary(self):
        words = self.tokenizer.get_vocab()
        return sorted(words, key=words.get)

    def pieces(self, texts):
        """The piece ids of each text."""
        encoded = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        return [each.ids for each in encoded]

    def batches(self, lists):
        """Lists of one length go together: no padding, and the same batches every time."""
        order = sorted(range(len(lists)), key=lambda at: (len(lists[at]), at))
        found, start = [], 0
        while start < len(order):
            length = len(lists[order[start]])
            batch = [at for at in order[start : start + BATCH] if len(lists[at]) == length]
            found.append(batch)
            start += len(batch)
        return found

    def vectors(self, lists):
        """The mean of the outputs over `[CLS] pieces [SEP]`, one row a list, of length 1."""
        vectors = np.zeros((len(lists), 384), dtype=np.float32)
        for batch in self.batches(lists):
            ids = np.array([[CLS, *lists[at], SEP] for at in batch], dtype=np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
            mean = self.session.run(None, feed)[0].mean(axis=1)
            vectors[batch] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return vectors
