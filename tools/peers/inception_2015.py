"""Inception v3 of 2015-12-05 with folded batch normalisation, for any library that has its few operations.

The architecture (Szegedy et al. 2015) with the frozen graph's peculiarities: means that leave the padding out, a
maximum in the last block, input (x - 128) / 128. A backend `net` has

  net.conv(name, x, stride, padding)   convolution with the weights `name`, bias and ReLU; padding SAME or VALID
  net.maximum(x, stride)               3x3, without padding for stride 2, SAME for stride 1
  net.mean(x)                          3x3, stride 1, SAME, of the pixels that exist
  net.join(maps)                       along the channels

Weights are called as in the frozen graph, `NAME/kernel` [height, width, in, out] and `NAME/bias` [out].
"""

TAPS = (768, 2048)


def stem(net, x):
    x = net.conv("conv", x, 2, "VALID")
    x = net.conv("conv_1", x, 1, "VALID")
    x = net.maximum(net.conv("conv_2", x, 1, "SAME"), 2)
    x = net.conv("conv_3", x, 1, "VALID")
    return net.maximum(net.conv("conv_4", x, 1, "VALID"), 2)


def chain(net, x, *names):
    for name in names:
        x = net.conv(name, x, 1, "SAME")
    return x


def fine(net, at, x):
    return net.join([chain(net, x, f"{at}/conv"),
                     chain(net, x, f"{at}/tower/conv", f"{at}/tower/conv_1"),
                     chain(net, x, f"{at}/tower_1/conv", f"{at}/tower_1/conv_1", f"{at}/tower_1/conv_2"),
                     chain(net, net.mean(x), f"{at}/tower_2/conv")])


def middle(net, at, x):
    return net.join([chain(net, x, f"{at}/conv"),
                     chain(net, x, f"{at}/tower/conv", f"{at}/tower/conv_1", f"{at}/tower/conv_2"),
                     chain(net, x, f"{at}/tower_1/conv", *(f"{at}/tower_1/conv_{i}" for i in (1, 2, 3, 4))),
                     chain(net, net.mean(x), f"{at}/tower_2/conv")])


def first_halving(net, at, x):
    tower = chain(net, x, f"{at}/tower/conv", f"{at}/tower/conv_1")
    return net.join([net.conv(f"{at}/conv", x, 2, "VALID"), net.conv(f"{at}/tower/conv_2", tower, 2, "VALID"),
                     net.maximum(x, 2)])


def second_halving(net, at, x):
    three = chain(net, x, f"{at}/tower/conv")
    seven = chain(net, x, f"{at}/tower_1/conv", f"{at}/tower_1/conv_1", f"{at}/tower_1/conv_2")
    return net.join([net.conv(f"{at}/tower/conv_1", three, 2, "VALID"),
                     net.conv(f"{at}/tower_1/conv_3", seven, 2, "VALID"), net.maximum(x, 2)])


def coarse(net, at, x, pooled):
    once = chain(net, x, f"{at}/tower/conv")
    twice = chain(net, x, f"{at}/tower_1/conv", f"{at}/tower_1/conv_1")
    return net.join([chain(net, x, f"{at}/conv"),
                     *(chain(net, once, f"{at}/tower/mixed/{conv}") for conv in ("conv", "conv_1")),
                     *(chain(net, twice, f"{at}/tower_1/mixed/{conv}") for conv in ("conv", "conv_1")),
                     chain(net, pooled, f"{at}/tower_2/conv")])


def last_map(net, x, tap):
    """The map with `tap` channels of images at 299 pixels, scaled to [-1, 1)."""
    x = stem(net, x)
    for at in ("mixed", "mixed_1", "mixed_2"):
        x = fine(net, at, x)
    x = first_halving(net, "mixed_3", x)
    for at in ("mixed_4", "mixed_5", "mixed_6", "mixed_7"):
        x = middle(net, at, x)
    if tap == 768:
        return x
    x = second_halving(net, "mixed_8", x)
    x = coarse(net, "mixed_9", x, net.mean(x))
    return coarse(net, "mixed_10", x, net.maximum(x, 1))
