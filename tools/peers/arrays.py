"""The arrays of the graft step: names, shapes and random values, shared by every program that times it.

All arrays are float32, images NHWC, convolution kernels HWIO, dense kernels [in, out]. With C the channels of a site,
B the batch and g the channels of a group, an .npz file of them holds:

  generator/shared                       [1000, 128]    class embeddings (counted; the step learns its own)
  generator/linear/{w,b}                 [20, 24576], [24576]    output reshaped to [B, 4, 4, 1536]
  generator/block{0..4}/norm{1,2}/{gain,bias}        [148, C]    no bias; input [z chunk (20), embedding (128)]
  generator/block{0..4}/norm{1,2}/{mean,variance}    [C]         stored statistics; gain of the site is 1 + product
  generator/block{0..4}/conv{1,2}/{w,b}  [3, 3, in, out], [out]
  generator/block{0..4}/shortcut/{w,b}   [1, 1, in, out], [out]
  generator/attention/{theta,phi,g,o}/w  [1, 1, in, out]         192 -> 24, 24, 96; 96 -> 192; after block 3
  generator/attention/gamma              []
  generator/norm/{gain,bias,mean,variance}           [96]        the last normalisation, unconditional
  generator/conv/{w,b}                   [3, 3, 96, 3], [3]
  vgg/conv{1_1..4_3}/{w,b}               [3, 3, in, out], [out]
  adapt/site{0..10}/kernel               [120, (g + 1) C]        block 0 norm 1, block 0 norm 2, … last norm
  adapt/site{0..10}/bias                 [(g + 1) C]   first g C values: W as [C / g, out g, in g]; last C values: b
  train/scale, train/shift               [1536]        channel-wise, on the first feature map, before block 0
  train/latents                          [B, 120]      chunks of 20: linear, block 0, … block 4
  train/embedding                        [128]
  input/targets                          [B, 128, 128, 3]        RGB in [-1, 1]
  input/prior                            [10 B, 120]   samples of the latent prior
  input/noise                            [B, 120]      optional, added to the latents for the generator and the sites

Batch normalisation's epsilon is 1e-5. Spectral normalisation is already divided out of the weights.
"""

import numpy as np

CHANNELS = [(1536, 1536), (1536, 768), (768, 384), (384, 192), (192, 96)]
SITES = [c for pair in CHANNELS for c in pair] + [96]
ATTENTION_AFTER = 3
LATENT, CHUNK, EMBEDDING, CLASSES = 120, 20, 128, 1000
VGG = [("conv1_1", 3, 64), ("conv1_2", 64, 64), ("conv2_1", 64, 128), ("conv2_2", 128, 128),
       ("conv3_1", 128, 256), ("conv3_2", 256, 256), ("conv3_3", 256, 256),
       ("conv4_1", 256, 512), ("conv4_2", 512, 512), ("conv4_3", 512, 512)]
GENERATOR_PARAMETERS = 70_433_988


def spec(batch, group_size):
    """Name -> (shape, mean, standard deviation) of every array that draw() fills with normal values."""
    arrays = {}

    def conv(name, size, inputs, outputs, bias=True, gain=1.0):
        arrays[name + "/w"] = ((size, size, inputs, outputs), 0, (gain / (size * size * inputs)) ** 0.5)
        if bias:
            arrays[name + "/b"] = ((outputs,), 0, 0.05)

    def statistics(name, channels):
        arrays[name + "/mean"] = ((channels,), 0, 0.1)
        arrays[name + "/variance"] = ((channels,), 1, 0.1)

    arrays["generator/shared"] = ((CLASSES, EMBEDDING), 0, EMBEDDING ** -0.5)
    arrays["generator/linear/w"] = ((CHUNK, 16 * SITES[0]), 0, CHUNK ** -0.5)
    arrays["generator/linear/b"] = ((16 * SITES[0],), 0, 0.05)
    for i, (inputs, outputs) in enumerate(CHANNELS):
        block = f"generator/block{i}"
        for norm, channels in ((f"{block}/norm1", inputs), (f"{block}/norm2", outputs)):
            for kind in ("gain", "bias"):
                arrays[f"{norm}/{kind}"] = ((CHUNK + EMBEDDING, channels), 0, 0.3 * (CHUNK + EMBEDDING) ** -0.5)
            statistics(norm, channels)
        conv(f"{block}/conv1", 3, inputs, outputs)
        conv(f"{block}/conv2", 3, outputs, outputs)
        conv(f"{block}/shortcut", 1, inputs, outputs)
    channels = CHANNELS[ATTENTION_AFTER][1]
    for name, inputs, outputs in (("theta", channels, channels // 8), ("phi", channels, channels // 8),
                                  ("g", channels, channels // 2), ("o", channels // 2, channels)):
        conv(f"generator/attention/{name}", 1, inputs, outputs, bias=False)
    arrays["generator/attention/gamma"] = ((), 0.5, 0)  # not the 0 of a new network, which would hide the attention
    arrays["generator/norm/gain"] = ((SITES[-1],), 1, 0.1)
    arrays["generator/norm/bias"] = ((SITES[-1],), 0, 0.1)
    statistics("generator/norm", SITES[-1])
    conv("generator/conv", 3, SITES[-1], 3)
    for name, inputs, outputs in VGG:
        conv("vgg/" + name, 3, inputs, outputs, gain=2.0)  # He: keeps the size of the maps through the ReLUs

    for site, channels in enumerate(SITES):
        arrays[f"adapt/site{site}/kernel"] = ((LATENT, (group_size + 1) * channels), 0, 0)
        arrays[f"adapt/site{site}/bias"] = (((group_size + 1) * channels,), 0, 0)
    arrays["train/scale"] = ((SITES[0],), 1, 0)
    arrays["train/shift"] = ((SITES[0],), 0, 0)
    arrays["train/latents"] = ((batch, LATENT), 0, 1)
    arrays["train/embedding"] = ((EMBEDDING,), 0, EMBEDDING ** -0.5)
    arrays["input/targets"] = ((batch, 128, 128, 3), 0, 0.5)
    arrays["input/prior"] = ((10 * batch, LATENT), 0, 1)
    arrays["input/noise"] = ((batch, LATENT), 0, 0.01)
    return arrays


def draw(batch, group_size, seed):
    """Random arrays under their contract names; the adaptive layers start as the identity for every latent."""
    rng = np.random.default_rng(seed)
    arrays = {name: np.float32(mean) + np.float32(std) * rng.standard_normal(shape, np.float32)
              for name, (shape, mean, std) in spec(batch, group_size).items()}
    arrays["input/targets"] = np.clip(arrays["input/targets"], -1, 1)
    for site, channels in enumerate(SITES):
        identity = np.tile(np.eye(group_size, dtype=np.float32).ravel(), channels // group_size)
        arrays[f"adapt/site{site}/bias"][: group_size * channels] = identity
    return arrays


def check(arrays):
    """Returns (batch, group size); raises ValueError in one sentence where an array is missing or has a wrong shape."""
    for name in ("train/latents", "adapt/site0/bias"):
        if name not in arrays:
            raise ValueError(f"{name} is missing")
    batch = arrays["train/latents"].shape[0]
    group_size = arrays["adapt/site0/bias"].size // SITES[0] - 1
    if group_size < 1 or SITES[-1] % group_size:
        raise ValueError(f"adapt/site0/bias has {arrays['adapt/site0/bias'].size} values: no group size divides so")
    for name, (shape, _, _) in spec(batch, group_size).items():
        if name in arrays and arrays[name].shape != shape:
            raise ValueError(f"{name} has shape {arrays[name].shape}: expected {shape}")
        if name not in arrays and name != "input/noise":
            raise ValueError(f"{name} is missing: expected shape {shape}")
    count = sum(array.size for name, array in arrays.items()
                if name.startswith("generator/") and not name.endswith(("/mean", "/variance")))
    if count != GENERATOR_PARAMETERS:
        raise ValueError(f"the generator has {count} parameters: expected {GENERATOR_PARAMETERS}")
    return batch, group_size
