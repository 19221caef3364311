"""Writes an S3GAN with random weights as the hub modules of google/compare_gan hold it, and what TensorFlow computes with it.

usage: s3gan_tfhub.py FOLDER [--channels 16,16,8,4] [--attention 1] [--discriminator 8,16,16,16] [--chunk 3]
                      [--embedding 6] [--classes 5] [--classes-drawn 0,2,4] [--calibration 16] [--projection s3gan] [--seed 1]

FOLDER gets variables/variables.index and .data (the checkpoint of the module's SavedModel, generator and discriminator)
and golden.npz: z [N, D], label [N], images [N, H, W, 3] in [0, 1]; pictures [N, H, W, 3] of whole numbers up to 255, and of these images and the
labels the discriminator's score [N, 1] and features [N, C]. The published networks of 128 pixels are
--channels 1536,1536,768,384,192,96 --attention 3 --discriminator 96,192,384,768,1536,1536 --chunk 20 --embedding 128
--classes 1000 --calibration 2.

This is a second implementation, by the names and formulas alone (compare_gan's arch_ops, resnet_ops, resnet_biggan and
s3gan at commit 19922d30): nothing here is shared with the program. Every weight, statistic and singular vector is random,
the plain weights of the generator beside their moving averages too. Statistics are sums, which accu_counter divides. They
are spread around those of the activations, so that the values before tanh are of order one; one attention kernel of each
network is so small that the epsilon of the spectral norm shows.
"""

import argparse
import os

import numpy as np

import hub_variables  # Sets the log level, before TensorFlow is loaded.
import tensorflow as tf

NORM_EPSILON = 1e-5
SQUARED_EPSILON = 1e-12  # of tf.math.l2_normalize, which adds nothing to a length but bounds its square
AVERAGE = "/ExponentialMovingAverage"
COUNTER = 37.0


def unit(x):
    return x * tf.math.rsqrt(tf.maximum(tf.reduce_sum(x * x), SQUARED_EPSILON))


class Variables(hub_variables.Variables):
    """Those of the module, trained ones beside their moving averages."""

    def trained(self, name, make):
        if not name.startswith("generator/"):
            return self.get(name, make)
        self.get(name, lambda: self.normal(*np.shape(make())))
        return self.get(name + AVERAGE, make)

    def spectral(self, name, *shape, tiny=False):
        """A kernel over its largest singular value, by one iteration from a vector on the shorter side."""
        rows = int(np.prod(shape[:-1]))
        left = rows <= shape[-1]
        u = self.get(name + "/u_var", lambda: self.normal(rows, 1) if left else self.normal(1, shape[-1]))

        def make():
            kernel = self.normal(*shape) / np.sqrt(shape[-1])
            if tiny:
                matrix = kernel.reshape(rows, -1)
                v = matrix.T @ u.numpy() if left else u.numpy() @ matrix.T
                kernel *= 0.5 * np.sqrt(SQUARED_EPSILON) / np.linalg.norm(v)
            return kernel

        kernel = self.trained(name, make)
        matrix = tf.reshape(kernel, [rows, shape[-1]])
        if left:
            v = unit(tf.matmul(matrix, u, transpose_a=True))
            u = unit(tf.matmul(matrix, v))
            sigma = tf.matmul(tf.matmul(u, matrix, transpose_a=True), v)
        else:
            v = unit(tf.matmul(u, matrix, transpose_b=True))
            u = unit(tf.matmul(v, matrix))
            sigma = tf.matmul(tf.matmul(v, matrix), u, transpose_b=True)
        return kernel / sigma[0, 0]

    def bias(self, name, length):
        return self.trained(name + "/bias", lambda: 0.3 * self.normal(length))

    def normalised(self, name, x):
        """Without gain and bias, by accumulated statistics near to those of x."""
        mean, var = (moment.numpy() for moment in tf.nn.moments(x, [0, 1, 2]))
        counter = self.get(name + "/accu/accu_counter", lambda: COUNTER)
        mean = self.get(
            name + "/accu/accu_mean",
            lambda: COUNTER * (mean + 0.5 * np.sqrt(var) * self.normal(len(mean))),
        )
        var = self.get(
            name + "/accu/accu_variance",
            lambda: COUNTER * (var * np.exp(0.5 * self.normal(len(var))) + 1e-9),
        )
        self.values[name + "/accu/update_accus"] = np.int32(0)
        return (x - mean / counter) * tf.math.rsqrt(var / counter + NORM_EPSILON)


def linear(v, name, x, out):
    return x @ v.spectral(name + "/kernel", x.shape[1], out) + v.bias(name, out)


def conv(v, name, x, out, side, bias=True, tiny=False):
    kernel = v.spectral(name + "/kernel", side, side, x.shape[3], out, tiny=tiny)
    y = tf.nn.conv2d(x, kernel, 1, "SAME")
    return y + v.bias(name, out) if bias else y


def attention(v, scope, x):
    n, height, width, channels = x.shape
    theta = conv(v, scope + "/conv2d_theta", x, channels // 8, 1, bias=False, tiny=True)
    phi = conv(v, scope + "/conv2d_phi", x, channels // 8, 1, bias=False)
    g = conv(v, scope + "/conv2d_g", x, channels // 2, 1, bias=False)
    phi = tf.reshape(tf.nn.max_pool2d(phi, 2, 2, "VALID"), [n, -1, channels // 8])
    g = tf.reshape(tf.nn.max_pool2d(g, 2, 2, "VALID"), [n, -1, channels // 2])
    scores = tf.matmul(tf.reshape(theta, [n, -1, channels // 8]), phi, transpose_b=True)
    mixed = tf.reshape(tf.matmul(tf.nn.softmax(scores), g), [n, height, width, channels // 2])
    sigma = v.trained(scope + "/sigma", lambda: 0.8)
    return x + sigma * conv(v, scope + "/conv2d_attn_g", mixed, channels, 1, bias=False)


def conditional(v, name, x, y):
    gamma = y @ v.spectral(name + "/condition/gamma/kernel", y.shape[1], x.shape[3])
    beta = y @ v.spectral(name + "/condition/beta/kernel", y.shape[1], x.shape[3])
    return v.normalised(name, x) * gamma[:, None, None, :] + beta[:, None, None, :]


def unpooled(x):
    """Each pixel in the upper left corner of four, the others zero."""
    n, height, width, channels = x.shape
    x = tf.pad(tf.reshape(x, [n, height, 1, width, channels]), [[0, 0], [0, 0], [0, 1], [0, 0], [0, 0]])
    x = tf.pad(tf.reshape(x, [n, 2 * height, width, 1, channels]), [[0, 0], [0, 0], [0, 0], [0, 1], [0, 0]])
    return tf.reshape(x, [n, 2 * height, 2 * width, channels])


def generate(v, options, z, label):
    channels = options.channels
    table = v.trained("generator/embed_y/kernel", lambda: v.normal(options.classes, options.embedding))
    y = tf.matmul(tf.one_hot(label, options.classes), table)
    chunks = tf.split(z, len(channels), 1)
    x = tf.reshape(linear(v, "generator/fc_noise", chunks[0], 16 * channels[0]), [-1, 4, 4, channels[0]])
    for i, out in enumerate(channels[1:]):
        block = f"generator/B{i + 1}"
        condition = tf.concat([chunks[i + 1], y], 1)
        h = unpooled(tf.nn.relu(conditional(v, block + "/bn1", x, condition)))
        h = conv(v, block + "/up_conv1", h, out, 3)
        h = conv(v, block + "/same_conv2", tf.nn.relu(conditional(v, block + "/bn2", h, condition)), out, 3)
        x = h + conv(v, block + "/up_conv_shortcut", unpooled(x), out, 1)
        if i == options.attention:
            x = attention(v, "generator/non_local_block", x)
    h = v.normalised("generator/final_norm", x)
    h *= v.trained("generator/final_norm/gamma", lambda: 1 + 0.3 * v.normal(channels[-1]))
    h += v.trained("generator/final_norm/beta", lambda: 0.3 * v.normal(channels[-1]))
    return (tf.tanh(conv(v, "generator/final_conv", tf.nn.relu(h), 3, 3)) + 1) / 2


def discriminate(v, options, images, label):
    x = images
    channels = options.discriminator
    for i, out in enumerate(channels):
        block = f"discriminator/B{i + 1}/"
        scale, halve = ("same", lambda h: h) if i == len(channels) - 1 else ("down", lambda h: tf.nn.avg_pool2d(h, 2, 2, "SAME"))
        h = conv(v, block + "same_conv1", tf.nn.relu(x), out, 3)
        h = halve(conv(v, block + scale + "_conv2", tf.nn.relu(h), out, 3))
        if x.shape[3] != out:
            h += halve(conv(v, block + scale + "_conv_shortcut", x, out, 1))
        x = attention(v, "discriminator/non_local_block", h) if i == 0 else h
    hidden = tf.reduce_sum(tf.nn.relu(x), [1, 2])
    score = linear(v, "discriminator/final_fc", hidden, 1)
    if options.projection != "none":
        scope = {"s3gan": "discriminator_projection", "biggan": "discriminator/embedding_fc"}[options.projection]
        table = v.spectral(scope + "/kernel", options.classes, channels[-1])
        y = tf.matmul(tf.one_hot(label, options.classes), table)
        score += tf.reduce_sum(y * hidden, 1, keepdims=True)
    return score, hidden


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--channels", type=hub_variables.numbers, default=[16, 16, 8, 4])
    parser.add_argument("--attention", type=int, default=1)
    parser.add_argument("--discriminator", type=hub_variables.numbers, default=[8, 16, 16, 16])
    parser.add_argument("--chunk", type=int, default=3)
    parser.add_argument("--embedding", type=int, default=6)
    parser.add_argument("--classes", type=int, default=5)
    parser.add_argument("--classes-drawn", type=hub_variables.numbers, default=[0, 2, 4])
    parser.add_argument("--calibration", type=int, default=16, help="images that the statistics are of")
    parser.add_argument("--projection", choices=["s3gan", "biggan", "none"], default="s3gan")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = np.random.default_rng(options.seed + 1)
    v = Variables(options.seed)
    width = options.chunk * len(options.channels)
    first = random.standard_normal((options.calibration, width), dtype=np.float32)
    generate(v, options, first, np.arange(options.calibration) % options.classes)
    label = np.array(options.classes_drawn)
    z = random.standard_normal((len(label), width), dtype=np.float32)
    images = np.concatenate([generate(v, options, z[i : i + 1], label[i : i + 1]) for i in range(len(z))])
    pictures = random.integers(0, 256, images.shape, dtype=np.uint8)
    score, features = discriminate(v, options, tf.constant(pictures / np.float32(255)), label)
    hub_variables.save(os.path.join(options.folder, "variables", "variables"), v.values)
    np.savez(
        os.path.join(options.folder, "golden.npz"),
        z=z,
        label=label,
        images=images,
        pictures=pictures.astype(np.float32),
        score=score,
        features=features,
    )
    print("images", images.shape, "mean of |2·images - 1|", np.abs(2 * images - 1).mean(), "scores", score.numpy().ravel())


if __name__ == "__main__":
    main()
