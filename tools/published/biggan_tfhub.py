"""Writes a BigGAN with random weights as DeepMind's modules of TensorFlow Hub hold it, and what TensorFlow computes with it.

usage: biggan_tfhub.py FOLDER [--channels 16,16,8,4] [--attention 1] [--chunk 3] [--embedding 6] [--classes 5]
                       [--classes-drawn 0,2,4] [--truncations 0.3,0.7,1] [--calibration 16] [--seed 1]

FOLDER gets variables/variables.index and .data (the checkpoint of the module's SavedModel) and golden.npz: z [N, D],
label [N], images [N, H, W, 3] in [-1, 1]. The published network of 128 pixels is
--channels 1536,1536,768,384,192,96 --attention 3 --chunk 20 --embedding 128 --classes 1000 --calibration 2.

This is a second implementation, by the names and formulas alone: nothing here is shared with the program. Every weight,
statistic and singular vector is random, the plain weights beside the moving averages too, and accumulation_counter,
which must not count. The statistics are spread around those of the activations, so that the values before tanh are of
order one; one attention kernel is so small that the epsilon of the spectral norm shows.
"""

import argparse
import os

import numpy as np

import hub_variables  # Sets the log level, before TensorFlow is loaded.
import tensorflow as tf

NORM_EPSILON = 1e-4
SPECTRAL_EPSILON = 1e-4
AVERAGE = "/ema_b999900"


class Variables(hub_variables.Variables):
    """Those of the module, trained ones beside their moving averages."""

    def trained(self, name, make):
        self.get(name, lambda: self.normal(*np.shape(make())))
        return self.get(name + AVERAGE, make)

    def spectral(self, name, *shape, tiny=False):
        """A kernel over its largest singular value, which one power iteration from u0 finds."""
        u = self.get(name + "/u0", lambda: self.normal(1, shape[-1]))
        self.get(name + "/u1", lambda: self.normal(1, int(np.prod(shape[:-1]))))

        def make():
            kernel = self.normal(*shape) / np.sqrt(shape[-1])
            if tiny:
                matrix = kernel.reshape(-1, shape[-1])
                v = matrix @ u.numpy()[0]
                length = np.linalg.norm(v @ matrix) / np.linalg.norm(v)
                kernel *= 0.5 * SPECTRAL_EPSILON / length
            return kernel

        kernel = self.trained(name + "/w", make)
        matrix = tf.reshape(kernel, [-1, shape[-1]])
        v = unit(tf.matmul(u, matrix, transpose_b=True))
        u = unit(tf.matmul(v, matrix))
        sigma = tf.matmul(tf.matmul(v, matrix), u, transpose_b=True)
        return kernel / sigma[0, 0]

    def bias(self, name, length):
        return self.trained(name + "/b", lambda: 0.3 * self.normal(length))

    def normalised(self, name, x):
        """Without gain and bias, by statistics near to those of x."""
        mean, var = (moment.numpy() for moment in tf.nn.moments(x, [0, 1, 2]))
        mean = self.get(
            name + "/accumulated_mean", lambda: mean + 0.5 * np.sqrt(var) * self.normal(len(mean))
        )
        var = self.get(
            name + "/accumulated_var", lambda: var * np.exp(0.5 * self.normal(len(var))) + 1e-8
        )
        self.get(name + "/accumulation_counter", lambda: 37.0)
        return (x - mean) * tf.math.rsqrt(var + NORM_EPSILON)


def unit(row):
    return row / tf.maximum(tf.norm(row), SPECTRAL_EPSILON)


def conv(v, name, x, out, side, bias=True, tiny=False):
    kernel = v.spectral(name, side, side, x.shape[3], out, tiny=tiny)
    y = tf.nn.conv2d(x, kernel, 1, "SAME")
    return y + v.bias(name, out) if bias else y


def attention(v, x):
    name = "Generator/attention/"
    n, height, width, channels = x.shape
    theta = conv(v, name + "theta", x, channels // 8, 1, bias=False, tiny=True)
    phi = tf.nn.max_pool2d(conv(v, name + "phi", x, channels // 8, 1, bias=False), 2, 2, "VALID")
    g = tf.nn.max_pool2d(conv(v, name + "g", x, channels // 2, 1, bias=False), 2, 2, "VALID")
    scores = tf.einsum(
        "npc,nkc->npk",
        tf.reshape(theta, [n, -1, channels // 8]),
        tf.reshape(phi, [n, -1, channels // 8]),
    )
    mixed = tf.einsum("npk,nkc->npc", tf.nn.softmax(scores), tf.reshape(g, [n, -1, channels // 2]))
    o = conv(v, name + "o_conv", tf.reshape(mixed, [n, height, width, channels // 2]), channels, 1, bias=False)
    return x + v.trained(name + "gamma", lambda: [0.8]) * o


def conditional(v, block, index, x, y):
    suffix = "" if index == 0 else f"_{index}"
    gain = 1 + y @ v.spectral(f"{block}/HyperBN{suffix}/gamma", y.shape[1], x.shape[3])
    bias = y @ v.spectral(f"{block}/HyperBN{suffix}/beta", y.shape[1], x.shape[3])
    x = v.normalised(f"{block}/CrossReplicaBN{suffix}", x)
    return x * gain[:, None, None, :] + bias[:, None, None, :]


def doubled(x):
    return tf.repeat(tf.repeat(x, 2, 1), 2, 2)


def generate(v, options, z, label):
    channels = options.channels
    table = v.trained("linear/w", lambda: v.normal(options.classes, options.embedding))
    y = tf.matmul(tf.one_hot(label, options.classes), table)
    chunks = tf.split(z, len(channels), 1)
    first = "Generator/G_Z/G_linear"
    x = chunks[0] @ v.spectral(first, options.chunk, 16 * channels[0]) + v.bias(first, 16 * channels[0])
    x = tf.reshape(x, [-1, 4, 4, channels[0]])
    for i, out in enumerate(channels[1:]):
        block = "Generator/GBlock" + (f"_{i}" if i else "")
        condition = tf.concat([chunks[i + 1], y], 1)
        h = doubled(tf.nn.relu(conditional(v, block, 0, x, condition)))
        h = conv(v, block + "/conv0", h, out, 3)
        h = conv(v, block + "/conv1", tf.nn.relu(conditional(v, block, 1, h, condition)), out, 3)
        x = h + conv(v, block + "/conv_sc", doubled(x), out, 1)
        if i == options.attention:
            x = attention(v, x)
    last = "Generator/ScaledCrossReplicaBN"
    h = v.normalised(last + "bn", x)
    h *= v.trained(last + "/gamma", lambda: 1 + 0.3 * v.normal(1, 1, 1, channels[-1]))
    h += v.trained(last + "/beta", lambda: 0.3 * v.normal(1, 1, 1, channels[-1]))
    return tf.tanh(conv(v, "Generator/conv_2d", tf.nn.relu(h), 3, 3))


def latents(options, width, random):
    """Each class drawn at each truncation: normal numbers, drawn again where they are larger."""
    rows, labels = [], []
    for truncation in options.truncations.split(","):
        for label in hub_variables.numbers(options.classes_drawn):
            z = random.standard_normal(width, dtype=np.float32)
            while (np.abs(z) > float(truncation)).any():
                again = random.standard_normal(width, dtype=np.float32)
                z = np.where(np.abs(z) > float(truncation), again, z)
            rows.append(z)
            labels.append(label)
    return np.stack(rows), np.array(labels)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--channels", type=hub_variables.numbers, default=[16, 16, 8, 4])
    parser.add_argument("--attention", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=3)
    parser.add_argument("--embedding", type=int, default=6)
    parser.add_argument("--classes", type=int, default=5)
    parser.add_argument("--classes-drawn", default="0,2,4")
    parser.add_argument("--truncations", default="0.3,0.7,1")
    parser.add_argument("--calibration", type=int, default=16, help="images that the statistics are of")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = np.random.default_rng(options.seed + 1)
    v = Variables(options.seed)
    width = options.chunk * len(options.channels)
    first = random.standard_normal((options.calibration, width), dtype=np.float32)
    generate(v, options, first, np.arange(options.calibration) % options.classes)
    z, label = latents(options, width, random)
    images = np.concatenate([generate(v, options, z[i : i + 1], label[i : i + 1]) for i in range(len(z))])
    hub_variables.save(os.path.join(options.folder, "variables", "variables"), v.values)
    np.savez(os.path.join(options.folder, "golden.npz"), z=z, label=label, images=images)
    print("images", images.shape, "mean of |images|", np.abs(images).mean())


if __name__ == "__main__":
    main()
