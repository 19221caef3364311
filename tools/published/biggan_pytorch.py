"""Writes a BigGAN with random weights as ajbrock/BigGAN-PyTorch saves it, and what PyTorch computes with it.

usage: biggan_pytorch.py FOLDER [--channels 16,8,8,4] [--attention 1] [--chunk 3] [--embedding 6] [--classes 5]
                         [--discriminator 8,16,16] [--classes-drawn 0,2,4] [--truncations 0.3,0.7,1]
                         [--calibration 16] [--seed 1]

FOLDER gets G_ema.pth and golden.npz: z [N, D], label [N], images [N, H, W, 3] in [-1, 1], in double precision so that
its own rounding does not count; and with --discriminator D.pth, pictures [N, H, W, 3] from 0 to 255, score [N, 1] and
features [N, C]. The published network of 128 pixels is
--channels 1536,1536,768,384,192,96 --attention 3 --chunk 20 --embedding 128 --classes 1000 --calibration 2.

This is a second implementation, by the names and formulas alone: nothing here is shared with the program or with the
repository whose files it imitates. Every weight, statistic and singular vector is random. The statistics are spread
around those of the activations, so that the values before tanh are of order one; one attention kernel is so small that
the epsilon of the spectral norm shows.
"""

import argparse
import math
import os

import numpy as np
import torch
import torch.nn.functional as F

NORM_EPSILON = 1e-5
SPECTRAL_EPSILON = 1e-6


def numbers(text):
    return [int(word) for word in text.split(",")]


class Random:
    """Random weights under their names, made when the network first asks for them."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)
        self.state = {}

    def normal(self, *shape):
        return torch.randn(*shape, generator=self.generator)

    def doubled(self):
        """The same weights in double precision."""
        other = Random(0)
        other.state = {name: value.double() for name, value in self.state.items()}
        return other

    def get(self, name, make):
        if name not in self.state:
            self.state[name] = make()
        return self.state[name]

    def spectral(self, name, *shape, scale=1.0):
        """A kernel over its largest singular value, which one power iteration from u0 finds."""
        weight = self.get(name + ".weight", lambda: self.normal(*shape) * scale / math.sqrt(shape[0]))
        matrix = weight.reshape(shape[0], -1)
        u = self.get(name + ".u0", lambda: self.normal(1, shape[0]))
        self.get(name + ".sv0", lambda: torch.ones(1))
        v = F.normalize(u @ matrix, dim=1, eps=SPECTRAL_EPSILON)
        u = F.normalize(v @ matrix.t(), dim=1, eps=SPECTRAL_EPSILON)
        return weight / (v @ matrix.t() @ u.t()).squeeze()

    def tiny(self, name, *shape):
        """A kernel W so small that the second product of the power iteration is shorter than the epsilon."""
        u = self.get(name + ".u0", lambda: self.normal(1, shape[0]))
        if name + ".weight" not in self.state:
            weight = self.normal(*shape)
            matrix = weight.reshape(shape[0], -1)
            length = (F.normalize(u @ matrix, dim=1) @ matrix.t()).norm()
            self.state[name + ".weight"] = weight * (0.5 * SPECTRAL_EPSILON / length)
        return self.spectral(name, *shape)

    def bias(self, name, length):
        return self.get(name + ".bias", lambda: 0.3 * self.normal(length))

    def normalised(self, name, x):
        """Without gain and bias, by stored statistics near to those of x."""
        channels = x.shape[1]
        mean = self.get(
            name + ".stored_mean",
            lambda: x.mean((0, 2, 3)) + 0.5 * x.std((0, 2, 3)) * self.normal(channels),
        )
        var = self.get(
            name + ".stored_var",
            lambda: x.var((0, 2, 3)) * torch.exp(0.5 * self.normal(channels)) + 1e-8,
        )
        return (x - mean.view(1, -1, 1, 1)) / torch.sqrt(var.view(1, -1, 1, 1) + NORM_EPSILON)


def conv(w, name, x, out, side, bias=True):
    kernel = w.spectral(name, out, x.shape[1], side, side)
    return F.conv2d(x, kernel, w.bias(name, out) if bias else None, padding=side // 2)


def attention(w, name, x):
    n, channels, height, width = x.shape
    theta = F.conv2d(x, w.tiny(name + ".theta", channels // 8, channels, 1, 1))
    phi = F.max_pool2d(conv(w, name + ".phi", x, channels // 8, 1, bias=False), 2)
    g = F.max_pool2d(conv(w, name + ".g", x, channels // 2, 1, bias=False), 2)
    scores = torch.einsum("ncp,nck->npk", theta.flatten(2), phi.flatten(2))
    mixed = torch.einsum("npk,nck->ncp", scores.softmax(2), g.flatten(2))
    o = conv(w, name + ".o", mixed.reshape(n, channels // 2, height, width), channels, 1, bias=False)
    return x + w.get(name + ".gamma", lambda: torch.tensor(0.8)) * o


def conditional(w, name, x, y):
    gain = 1 + y @ w.spectral(name + ".gain", x.shape[1], y.shape[1]).t()
    bias = y @ w.spectral(name + ".bias", x.shape[1], y.shape[1]).t()
    return w.normalised(name, x) * gain[:, :, None, None] + bias[:, :, None, None]


def doubled(x):
    return x.repeat_interleave(2, 2).repeat_interleave(2, 3)


def generate(w, options, z, label):
    channels = options.channels
    table = w.get("shared.weight", lambda: w.normal(options.classes, options.embedding))
    chunks = z.split(options.chunk, 1)
    linear = w.spectral("linear", 16 * channels[0], options.chunk)
    x = (chunks[0] @ linear.t() + w.bias("linear", 16 * channels[0])).reshape(-1, channels[0], 4, 4)
    for i, out in enumerate(channels[1:]):
        block = f"blocks.{i}.0."
        y = torch.cat([table[label], chunks[i + 1]], 1)
        h = doubled(F.relu(conditional(w, block + "bn1", x, y)))
        h = conv(w, block + "conv1", h, out, 3)
        h = conv(w, block + "conv2", F.relu(conditional(w, block + "bn2", h, y)), out, 3)
        x = h + conv(w, block + "conv_sc", doubled(x), out, 1)
        if i == options.attention:
            x = attention(w, f"blocks.{i}.1", x)
    h = w.normalised("output_layer.0", x)
    gain = w.get("output_layer.0.gain", lambda: 1 + 0.3 * w.normal(channels[-1]))
    h = F.relu(h * gain.view(1, -1, 1, 1) + w.bias("output_layer.0", channels[-1]).view(1, -1, 1, 1))
    return torch.tanh(conv(w, "output_layer.2", h, 3, 3))


def draw(w, options, z, label):
    return torch.cat([generate(w, options, z[i : i + 1], label[i : i + 1]) for i in range(len(z))])


def discriminate(w, options, images, label):
    x = images
    for i, out in enumerate(options.discriminator):
        block = f"blocks.{i}.0."
        halve = i < len(options.discriminator) - 1
        h = conv(w, block + "conv1", F.relu(x) if i else x, out, 3)
        h = conv(w, block + "conv2", F.relu(h), out, 3)
        side = x
        if halve or x.shape[1] != out:
            side = conv(w, block + "conv_sc", x, out, 1)
        if halve:
            h, side = F.avg_pool2d(h, 2), F.avg_pool2d(side, 2)
        x = h + side
        if i == 0:
            x = attention(w, "blocks.0.1", x)
    features = F.relu(x).sum((2, 3))
    score = features @ w.spectral("linear", 1, features.shape[1]).t() + w.bias("linear", 1)
    table = w.spectral("embed", options.classes, features.shape[1])
    return score + (table[label] * features).sum(1, keepdim=True), features


def latents(options, width, random):
    """Each class drawn at each truncation: normal numbers, drawn again where they are larger."""
    rows, labels = [], []
    for truncation in options.truncations.split(","):
        for label in numbers(options.classes_drawn):
            z = random.normal(width)
            while (z.abs() > float(truncation)).any():
                z = torch.where(z.abs() > float(truncation), random.normal(width), z)
            rows.append(z)
            labels.append(label)
    return torch.stack(rows), torch.tensor(labels)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--channels", type=numbers, default=[16, 8, 8, 4])
    parser.add_argument("--attention", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=3)
    parser.add_argument("--embedding", type=int, default=6)
    parser.add_argument("--classes", type=int, default=5)
    parser.add_argument("--discriminator", type=numbers)
    parser.add_argument("--classes-drawn", default="0,2,4")
    parser.add_argument("--truncations", default="0.3,0.7,1")
    parser.add_argument("--calibration", type=int, default=16, help="images that the statistics are of")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    random = Random(options.seed + 1)
    with torch.no_grad():
        w = Random(options.seed)
        width = options.chunk * len(options.channels)
        generate(w, options, random.normal(options.calibration, width), torch.arange(options.calibration) % options.classes)
        z, label = latents(options, width, random)
        torch.save(w.state, os.path.join(options.folder, "G_ema.pth"))
        single = draw(w, options, z, label)
        images = draw(w.doubled(), options, z.double(), label)
        print("PyTorch's own rounding", float((single - images).abs().max()))
        golden = {"z": z, "label": label, "images": images.float().permute(0, 2, 3, 1)}
        if options.discriminator:
            d = Random(options.seed + 2)
            side = 4 << (len(options.discriminator) - 1)
            pictures = torch.randint(0, 256, (len(z), side, side, 3), generator=random.generator)
            scaled = (pictures.double() / 127.5 - 1).permute(0, 3, 1, 2)
            discriminate(d, options, scaled.float(), label)
            score, features = discriminate(d.doubled(), options, scaled, label)
            golden["score"], golden["features"] = score.float(), features.float()
            golden["pictures"] = pictures.to(torch.int32)
            torch.save(d.state, os.path.join(options.folder, "D.pth"))
    np.savez(os.path.join(options.folder, "golden.npz"), **{k: v.numpy() for k, v in golden.items()})
    print("images", list(images.shape), "mean of |images|", float(images.abs().mean()))


if __name__ == "__main__":
    main()
