"""What the scripts for modules of TensorFlow Hub share: random variables under their names, and their checkpoint."""

import os

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import tensorflow as tf  # noqa: E402  (the log level must be set before)


def numbers(text):
    return [int(word) for word in text.split(",")]


class Variables:
    """Random variables under their names, made when a network first asks for them."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.values = {}

    def normal(self, *shape):
        return self.random.standard_normal(shape, dtype=np.float32)

    def get(self, name, make):
        if name not in self.values:
            self.values[name] = np.asarray(make(), np.float32)
        return tf.constant(self.values[name])


def save(prefix, values):
    """Writes a checkpoint."""
    os.makedirs(os.path.dirname(prefix), exist_ok=True)
    names = sorted(values)
    tf.raw_ops.SaveV2(
        prefix=prefix,
        tensor_names=names,
        shape_and_slices=[""] * len(names),
        tensors=[values[name] for name in names],
    )
