"""Writes a BigGAN-deep with random weights as DeepMind's modules of TensorFlow Hub hold it, and what the module draws.

usage: biggan_deep_tfhub.py FOLDER [--channels 32,32,16] [--attention 8] [--latent 5] [--embedding 3] [--classes 5] [--sets 6]
                            [--classes-drawn 0,2,4] [--truncations 0.25,0.6,1] [--calibration 16] [--gamma 0.8] [--seed 1]

FOLDER gets the module (saved_model.pb with the signature "default", variables/) and golden.npz: z [N, D], label [N],
truncation [N], images [N, H, W, 3] in [-1, 1], drawn by the module itself in a session of TensorFlow 1. The published network
of 128 pixels is --channels 2048,2048,1024,512,256,128 --attention 64 --latent 128 --embedding 128 --classes 1000 --sets 51
--classes-drawn 0,207,980 --calibration 2 --gamma 0.02: at that size random attention is so sharp that single precision shows.

This is a second implementation, by the names and formulas alone: nothing here is shared with the program. Every weight,
set of statistics and singular vector is random; so are the plain weights beside the moving averages, and the accumulators
of the normalisations, which must not count. The statistics of each truncation are spread around those of the activations, so
that the values before tanh are of order one; one attention kernel is so small that the epsilon of the spectral norm shows.
The sets of statistics are no variables: they are the constants of the nodes stack_1, stack_3, stack_6, stack_8 and so on.
"""

import argparse
import os
import shutil

import numpy as np

import hub_variables  # Sets the log level, before TensorFlow is loaded.
import tensorflow as tf

tf1 = tf.compat.v1

NORM_EPSILON = 1e-4
SPECTRAL_EPSILON = 1e-4
AVERAGE = "/ema_0.9999"


class Values(hub_variables.Variables):
    """Those of the module, and its sets of statistics."""

    def __init__(self, options):
        super().__init__(options.seed)
        self.sets = options.sets
        self.gamma = options.gamma
        self.statistics = {}

    def moments(self, name, x, truncation):
        """The means and variances of x spread by chance, in sets; during calibration x's own are used."""
        channels = x.shape[-1]
        self.get(name + "/accumulated_mean", lambda: self.normal(channels))
        self.get(name + "/accumulated_var", lambda: np.exp(self.normal(channels)))
        self.get(name + "/accumulation_counter", lambda: 37.0)
        mean, var = (moment.numpy() for moment in tf.nn.moments(x, [0, 1, 2]))
        shape = (self.sets, channels)
        self.statistics[name] = (
            mean + 0.5 * np.sqrt(var) * self.normal(*shape),
            (var * np.exp(0.5 * self.normal(*shape)) + 1e-8).astype(np.float32),
        )
        return mean, var


class Module:
    """The same values as variables and constants of a graph, with names as the published modules have them."""

    def __init__(self, values):
        self.values = values
        self.variables = {}
        self.normal = values.normal
        self.reuse = {}

    def get(self, name, make):
        if name not in self.variables:
            value = self.values.values[name]
            self.variables[name] = tf1.get_variable(
                name, value.shape, initializer=tf1.zeros_initializer(), use_resource=False
            )
        return self.variables[name]

    def moments(self, name, x, truncation):
        for part in ("accumulated_mean", "accumulated_var", "accumulation_counter"):
            self.get(f"{name}/{part}", None)
        means, variances = self.values.statistics[name]
        sets = len(means)
        levels = tf.raw_ops.Pack(values=[tf.constant(np.float32(i / (sets - 1))) for i in range(sets)], name="stack")
        means = tf.raw_ops.Pack(values=[tf.constant(row) for row in means], name="stack")
        place = truncation / (levels[1] - levels[0])
        lower = tf.cast(tf.minimum(tf.floor(place + 1e-4), sets - 2), tf.int32)
        ends = tf.raw_ops.Pack(values=[lower, lower + 1], name="stack")
        variances = tf.constant(variances, name="stack")
        nearness = place - tf.cast(lower, tf.float32)
        share = tf.raw_ops.Pack(values=[1 - nearness, nearness], name="stack")[:, None]
        return tuple(tf.reduce_sum(tf.gather(each, ends) * share, 0) for each in (means, variances))

    def fill(self, session):
        session.run(tf1.global_variables_initializer())
        for name, variable in self.variables.items():
            variable.load(self.values.values[name], session)


def trained(v, name, make):
    v.get(name, lambda: v.normal(*np.shape(make())))
    return v.get(name + AVERAGE, make)


def unit(row):
    return row / tf.maximum(tf.norm(row), SPECTRAL_EPSILON)


def spectral(v, name, *shape, tiny=False):
    """A kernel over its largest singular value, which one power iteration from u0 finds."""
    u = v.get(name + "/u0", lambda: v.normal(1, shape[-1]))

    def make():
        kernel = v.normal(*shape) / np.sqrt(shape[-1])
        if tiny:
            matrix = kernel.reshape(-1, shape[-1])
            row = matrix @ v.values[name + "/u0"][0]
            length = np.linalg.norm(row @ matrix) / np.linalg.norm(row)
            kernel *= 0.5 * SPECTRAL_EPSILON / length
        return kernel

    kernel = trained(v, name + "/w", make)
    matrix = tf.reshape(kernel, [-1, shape[-1]])
    left = unit(tf.matmul(u, matrix, transpose_b=True))
    product = tf.matmul(left, matrix)
    return kernel / tf.matmul(product, unit(product), transpose_b=True)[0, 0]


def conv(v, name, x, out, side, bias=True, tiny=False):
    y = tf.nn.conv2d(x, spectral(v, name, side, side, x.shape[3], out, tiny=tiny), 1, "SAME")
    return y + trained(v, name + "/b", lambda: 0.3 * v.normal(out)) if bias else y


def attention(v, x):
    name = "Generator/attention/"
    _, height, width, channels = x.shape
    theta = conv(v, name + "theta", x, channels // 8, 1, bias=False, tiny=True)
    phi = tf.nn.max_pool2d(conv(v, name + "phi", x, channels // 8, 1, bias=False), 2, 2, "VALID")
    g = tf.nn.max_pool2d(conv(v, name + "g", x, channels // 2, 1, bias=False), 2, 2, "VALID")
    scores = tf.einsum(
        "npc,nkc->npk",
        tf.reshape(theta, [-1, height * width, channels // 8]),
        tf.reshape(phi, [-1, height * width // 4, channels // 8]),
    )
    values = tf.reshape(g, [-1, height * width // 4, channels // 2])
    mixed = tf.einsum("npk,nkc->npc", tf.nn.softmax(scores), values)
    o = conv(v, name + "o_conv", tf.reshape(mixed, [-1, height, width, channels // 2]), channels, 1, bias=False)
    return x + trained(v, name + "gamma", lambda: [v.gamma]) * o


def normalised(v, name, x, truncation):
    mean, var = v.moments(name, x, truncation)
    return (x - mean) / tf.sqrt(var + NORM_EPSILON)


def conditional(v, name, x, y, truncation):
    gain = 1 + y @ spectral(v, name + "/scale", y.shape[1], x.shape[3])
    bias = y @ spectral(v, name + "/offset", y.shape[1], x.shape[3])
    return normalised(v, name, x, truncation) * gain[:, None, None, :] + bias[:, None, None, :]


def doubled(x):
    return tf.repeat(tf.repeat(x, 2, 1), 2, 2)


def block(v, name, x, y, truncation, out, doubling):
    inner = x.shape[3] // 4
    h = x
    for part, (channels, side) in enumerate([(inner, 1), (inner, 3), (inner, 3), (out, 1)]):
        norm = name + "/BatchNorm" + (f"_{part}" if part else "")
        h = tf.nn.relu(conditional(v, norm, h, y, truncation))
        h = doubled(h) if part == 1 and doubling else h
        h = conv(v, f"{name}/conv{part}", h, channels, side)
    x = x[..., :out]
    return h + (doubled(x) if doubling else x)


def generate(v, options, z, y, truncation):
    """z [N, D], y [N, classes] in ones and zeros, truncation a scalar."""
    channels = options.channels
    table = trained(v, "linear/w", lambda: v.normal(options.classes, options.embedding))
    y = tf.concat([z, y @ table], 1)
    first = "Generator/GenZ/G_linear"
    x = y @ spectral(v, first, options.latent + options.embedding, 16 * channels[0])
    x = tf.reshape(x + trained(v, first + "/b", lambda: 0.3 * v.normal(16 * channels[0])), [-1, 4, 4, channels[0]])
    for i in range(2 * (len(channels) - 1)):
        name = "Generator/GBlock" + (f"_{i}" if i else "")
        x = block(v, name, x, y, truncation, channels[(i + 1) // 2], i % 2 == 1)
        if i % 2 == 1 and x.shape[1] == options.attention:
            x = attention(v, x)
    last = "Generator/BatchNorm"
    h = normalised(v, last, x, truncation)
    h *= trained(v, last + "/scale", lambda: 1 + 0.3 * v.normal(1, 1, 1, channels[-1]))
    h += trained(v, last + "/offset", lambda: 0.3 * v.normal(1, 1, 1, channels[-1]))
    # As many channels as before, of which three are colours.
    return tf.tanh(conv(v, "Generator/conv_to_rgb", tf.nn.relu(h), channels[-1], 3)[..., :3])


def one_hot(label, classes):
    return np.eye(classes, dtype=np.float32)[label]


def draws(options, random):
    """Each class drawn at each truncation, as the modules' documentation does: times a normal number within 2."""
    rows = []
    for truncation in options.truncations.split(","):
        for label in hub_variables.numbers(options.classes_drawn):
            z = random.standard_normal(options.latent, dtype=np.float32)
            while (np.abs(z) > 2).any():
                z = np.where(np.abs(z) > 2, random.standard_normal(options.latent, dtype=np.float32), z)
            rows.append((np.float32(truncation) * z, label, np.float32(truncation)))
    return [np.stack(column) for column in zip(*rows)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--channels", type=hub_variables.numbers, default=[32, 32, 16])
    parser.add_argument("--attention", type=int, default=8)
    parser.add_argument("--latent", type=int, default=5)
    parser.add_argument("--embedding", type=int, default=3)
    parser.add_argument("--classes", type=int, default=5)
    parser.add_argument("--sets", type=int, default=6)
    parser.add_argument("--classes-drawn", default="0,2,4")
    parser.add_argument("--truncations", default="0.25,0.6,1")
    parser.add_argument("--calibration", type=int, default=16, help="images that the statistics are of")
    parser.add_argument("--gamma", type=float, default=0.8, help="what attention counts for")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = np.random.default_rng(options.seed + 1)
    values = Values(options)
    calibrated = random.standard_normal((options.calibration, options.latent), dtype=np.float32)
    labels = np.arange(options.calibration) % options.classes
    generate(values, options, calibrated, one_hot(labels, options.classes), None)
    z, label, truncation = draws(options, random)
    for part in ("variables", "saved_model.pb"):
        path = os.path.join(options.folder, part)
        shutil.rmtree(path) if os.path.isdir(path) else os.path.exists(path) and os.remove(path)
    with tf.Graph().as_default(), tf1.Session() as session:
        module = Module(values)
        inputs = {
            "z": tf1.placeholder(tf.float32, [None, options.latent], "z"),
            "y": tf1.placeholder(tf.float32, [None, options.classes], "y"),
            "truncation": tf1.placeholder(tf.float32, [], "truncation"),
        }
        output = generate(module, options, inputs["z"], inputs["y"], inputs["truncation"])
        module.fill(session)
        images = np.concatenate(
            [
                session.run(
                    output,
                    {
                        inputs["z"]: z[i : i + 1],
                        inputs["y"]: one_hot(label[i : i + 1], options.classes),
                        inputs["truncation"]: truncation[i],
                    },
                )
                for i in range(len(z))
            ]
        )
        builder = tf1.saved_model.Builder(os.path.join(options.folder, "module"))
        signature = tf1.saved_model.predict_signature_def(inputs, {"default": output})
        builder.add_meta_graph_and_variables(session, [], {"default": signature})
        builder.save()
    for part in ("variables", "saved_model.pb"):
        os.rename(os.path.join(options.folder, "module", part), os.path.join(options.folder, part))
    os.rmdir(os.path.join(options.folder, "module"))
    np.savez(
        os.path.join(options.folder, "golden.npz"), z=z, label=label, truncation=truncation, images=images
    )
    print("images", images.shape, "mean of |images|", np.abs(images).mean())


if __name__ == "__main__":
    main()
