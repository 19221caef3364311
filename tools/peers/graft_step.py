"""Times one training step of the adaptive point-wise graft of BigGAN-128 in PyTorch, on the CPU.

The peer of the bench's `graft-step`: the same network (ch 96, 1,000 classes, 70,433,988 frozen parameters), the same
losses and the same Adam groups. With --arrays it reads every weight and input from an .npz file, so that two programs
can be compared number by number; without, it draws them from --seed (--write-arrays keeps them). `arrays.py`, beside
this file, is the contract of names and shapes.

Loss = mean |x - target| + 0.001 * sum over ten VGG16 maps of mean |f(x) - f(target)| + 0.1 * latent prior
       + 0.02 * mean(embedding^2); prior, with d = squared distance between latents and samples:
       mean over samples of min over latents of d + mean over latents of min over samples of d.
VGG16 sees BGR in 0..255 less (103.939, 116.779, 123.68). Adam: beta 0.9 and 0.999, rates 5e-4 (dense, scale, shift),
0.05 (latents), 1e-3 (embedding).

--savings chooses the algorithm: `none` is the usual arrangement; `affine` folds normalisation, class-conditional gain
and bias and the adaptive layer into one product a site; `all` also fuses nearest up-sampling with the convolution
after it and does the shortcuts at the small size. All three are equal to rounding.

JSON: ms_median, ms_min, ms_max, images_per_second, peak_rss_mib; at the first step loss {total, l1, perceptual, prior,
embedding} (parts unweighted but for perceptual, which is the sum over the maps) and gradient_norms; totals of every
step, warm-up included.
"""

import argparse
import ctypes
import json
import resource
import statistics
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

import arrays as contract

EPSILON = 1e-5
MEAN_BGR = (103.939, 116.779, 123.68)


def tensors(arrays, layout):
    """The arrays as tensors in PyTorch's axis order: convolution kernels OIHW, images NCHW."""
    result = {}
    for name, array in arrays.items():
        tensor = torch.from_numpy(np.ascontiguousarray(array, dtype=np.float32))
        if tensor.dim() == 4:
            order = (0, 3, 1, 2) if name.startswith("input/") else (3, 2, 0, 1)
            tensor = tensor.permute(order).contiguous(memory_format=layout)
        result[name] = tensor
    return result


def transposed_kernel(kernel, layout):
    """The 4x4 stride-2 transposed kernel equal to nearest up-sampling and then this 3x3 kernel [out, in, 3, 3]."""
    flipped = kernel.flip(2, 3).transpose(0, 1)
    box = sum(F.pad(flipped, (j, 1 - j, i, 1 - i)) for i in (0, 1) for j in (0, 1))
    return box.contiguous(memory_format=layout)


class Adapted:
    """BigGAN-128 with an adaptive point-wise layer after every batch normalisation."""

    def __init__(self, values, group_size, savings, layout):
        self.values, self.group_size, self.savings, self.layout = values, group_size, savings, layout
        # At 4 -> 8 pixels the fused form loses: 1,536 channels in and out, few pixels.
        fused = range(1, len(contract.CHANNELS)) if savings == "all" else ()
        self.up_kernels = {i: transposed_kernel(values[f"generator/block{i}/conv1/w"], layout) for i in fused}

    def __call__(self, latents):
        chunks = latents.split(contract.CHUNK, dim=1)
        embedding = self.values["train/embedding"].expand(latents.shape[0], -1)
        x = chunks[0] @ self.values["generator/linear/w"] + self.values["generator/linear/b"]
        x = x.view(-1, 4, 4, contract.SITES[0]) * self.values["train/scale"] + self.values["train/shift"]
        x = x.permute(0, 3, 1, 2).contiguous(memory_format=self.layout)
        for i in range(len(contract.CHANNELS)):
            condition = torch.cat([chunks[i + 1], embedding], dim=1)
            x = self.block(i, x, condition, latents)
            if i == contract.ATTENTION_AFTER:
                x = self.attention(x)
        gain, bias = self.values["generator/norm/gain"], self.values["generator/norm/bias"]
        x = self.site(10, "generator/norm", x, gain.expand(len(x), -1), bias.expand(len(x), -1), latents)
        return torch.tanh(self.conv("generator/conv", x))

    def conv(self, name, x):
        kernel = self.values[name + "/w"]
        return F.conv2d(x, kernel, self.values.get(name + "/b"), padding=kernel.shape[2] // 2)

    def block(self, i, x, condition, latents):
        name = f"generator/block{i}"
        hidden = self.conditional_site(2 * i, f"{name}/norm1", x, condition, latents)
        if i in self.up_kernels:
            hidden = F.conv_transpose2d(hidden, self.up_kernels[i], self.values[f"{name}/conv1/b"], stride=2, padding=1)
        else:
            hidden = self.conv(f"{name}/conv1", F.interpolate(hidden, scale_factor=2))
        hidden = self.conditional_site(2 * i + 1, f"{name}/norm2", hidden, condition, latents)
        if self.savings == "all":
            shortcut = F.interpolate(self.conv(f"{name}/shortcut", x), scale_factor=2)
        else:
            shortcut = self.conv(f"{name}/shortcut", F.interpolate(x, scale_factor=2))
        return self.conv(f"{name}/conv2", hidden) + shortcut

    def conditional_site(self, site, name, x, condition, latents):
        gain = 1 + condition @ self.values[f"{name}/gain"]
        return self.site(site, name, x, gain, condition @ self.values[f"{name}/bias"], latents)

    def site(self, site, name, x, gain, bias, latents):
        """Normalisation with stored statistics, gain and bias [B, C], adaptive layer, ReLU."""
        batch, channels = gain.shape
        dense = torch.addmm(self.values[f"adapt/site{site}/bias"], latents, self.values[f"adapt/site{site}/kernel"])
        mixing, offset = dense.split([self.group_size * channels, channels], dim=1)
        mixing = mixing.reshape(batch, channels // self.group_size, self.group_size, self.group_size)
        mean, variance = self.values[f"{name}/mean"], self.values[f"{name}/variance"]
        if self.savings == "none":
            x = F.batch_norm(x, mean, variance, eps=EPSILON)
            x = torch.addcmul(bias[:, :, None, None], x, gain[:, :, None, None])
        else:
            scale = gain * torch.rsqrt(variance + EPSILON)
            shift = (bias - mean * scale).view(batch, -1, self.group_size, 1)
            offset = offset + (mixing @ shift).view(batch, channels)
            mixing = mixing * scale.view(batch, -1, 1, self.group_size)
        return F.relu(pointwise(x, mixing, offset), inplace=True)

    def attention(self, x):
        batch, channels, height, width = x.shape
        theta = self.conv("generator/attention/theta", x).flatten(2)
        phi = F.max_pool2d(self.conv("generator/attention/phi", x), 2).flatten(2)
        g = F.max_pool2d(self.conv("generator/attention/g", x), 2).flatten(2)
        weights = torch.softmax(theta.transpose(1, 2) @ phi, dim=2)
        mixed = (g @ weights.transpose(1, 2)).view(batch, channels // 2, height, width)
        mixed = mixed.contiguous(memory_format=self.layout)
        return x + self.values["generator/attention/gamma"] * self.conv("generator/attention/o", mixed)


def pointwise(x, mixing, offset):
    """x_adapt = W x + b by groups: x [B, C, H, W], W [B, C / g, g out, g in], b [B, C]."""
    batch, groups, size, _ = mixing.shape
    if size == 1:
        return torch.addcmul(offset[:, :, None, None], x, mixing.view(batch, groups, 1, 1))
    return POINTWISE[POINTWISE_FORM](x, mixing, offset)


def pointwise_groups(x, mixing, offset):
    batch, groups, size, _ = mixing.shape
    flat = torch.baddbmm(offset.reshape(batch * groups, size, 1), mixing.reshape(batch * groups, size, size),
                         x.reshape(batch * groups, size, -1))
    return flat.view(x.shape)


def pointwise_convolution(x, mixing, offset):
    batch, groups, size, _ = mixing.shape
    _, channels, height, width = x.shape
    y = F.conv2d(x.reshape(1, batch * channels, height, width), mixing.reshape(batch * channels, size, 1, 1),
                 offset.reshape(-1), groups=batch * groups)
    return y.view(batch, channels, height, width)


def pointwise_einsum(x, mixing, offset):
    batch, groups, size, _ = mixing.shape
    _, channels, height, width = x.shape
    y = torch.einsum("ngoi,ngihw->ngohw", mixing, x.reshape(batch, groups, size, height, width))
    return y.reshape(x.shape) + offset[:, :, None, None]


def pointwise_tiles(x, mixing, offset, tile=96):
    """Batched products over block-diagonal tiles of channels, in the channels-last layout."""
    batch, groups, size, _ = mixing.shape
    _, channels, height, width = x.shape
    tile = max(size, tile) if tile else channels
    each = tile // size
    blocks = mixing.view(batch, channels // tile, each, size, size).transpose(3, 4)
    eye = torch.eye(each, dtype=x.dtype)
    diagonal = (blocks[:, :, :, :, None, :] * eye[:, None, :, None]).reshape(batch * (channels // tile), tile, tile)
    flat = x.permute(0, 2, 3, 1).reshape(batch, height * width, channels // tile, tile).transpose(1, 2)
    y = torch.baddbmm(offset.reshape(-1, 1, tile), flat.reshape(-1, height * width, tile), diagonal)
    y = y.view(batch, channels // tile, height * width, tile).transpose(1, 2).reshape(batch, height, width, channels)
    return y.permute(0, 3, 1, 2)


def pointwise_dense(x, mixing, offset):
    return pointwise_tiles(x, mixing, offset, tile=0)


def pointwise_tile_columns(x, mixing, offset, tile=96):
    """Block-diagonal tiles of channels times pixels, in the plain layout."""
    batch, groups, size, _ = mixing.shape
    each = tile // size
    blocks = mixing.reshape(-1, each, size, size)
    eye = torch.eye(each, dtype=x.dtype)
    diagonal = (blocks[:, :, :, None, :] * eye[:, None, :, None]).reshape(-1, tile, tile)
    y = torch.baddbmm(offset.reshape(-1, tile, 1), diagonal, x.reshape(len(diagonal), tile, -1))
    return y.view(x.shape)


POINTWISE = {"groups": pointwise_groups, "convolution": pointwise_convolution, "einsum": pointwise_einsum,
             "tiles": pointwise_tiles, "dense": pointwise_dense, "columns": pointwise_tile_columns}
POINTWISE_FORM = "groups"


def vgg(values, images):
    """The ten maps conv1_1 to conv4_3, after ReLU, of images [B, 3, H, W] RGB in [-1, 1]."""
    x = (images.flip(1) + 1) * 127.5 - torch.tensor(MEAN_BGR).view(1, 3, 1, 1)
    maps = []
    for name, _, _ in contract.VGG:
        if name.endswith("_1") and maps:
            x = F.max_pool2d(x, 2)
        x = F.relu(F.conv2d(x, values[f"vgg/{name}/w"], values[f"vgg/{name}/b"], padding=1), inplace=True)
        maps.append(x)
    return maps


def latent_prior(latents, samples):
    distances = (latents.square().sum(1)[:, None] + samples.square().sum(1) - 2 * latents @ samples.T).clamp_min(0)
    return distances.min(0).values.mean() + distances.min(1).values.mean()


def losses(generator, values, target_maps):
    latents = values["train/latents"]
    images = generator(latents + values["input/noise"] if "input/noise" in values else latents)
    maps = vgg(values, images)
    parts = {
        "l1": F.l1_loss(images, values["input/targets"]),
        "perceptual": sum(F.l1_loss(a, b) for a, b in zip(maps, target_maps)),
        "prior": latent_prior(latents, values["input/prior"]),
        "embedding": values["train/embedding"].square().mean(),
    }
    total = parts["l1"] + 0.001 * parts["perceptual"] + 0.1 * parts["prior"] + 0.02 * parts["embedding"]
    return {"total": total, **parts}


def trained(values):
    """Group -> its tensors, in the order of the optimiser's rates."""
    groups = {
        "dense": [values[n] for n in values if n.startswith("adapt/")],
        "scale": [values["train/scale"]], "shift": [values["train/shift"]],
        "latents": [values["train/latents"]], "embedding": [values["train/embedding"]],
    }
    for group in groups.values():
        for tensor in group:
            tensor.requires_grad_(True)
    return groups


def gradient_norm(group):
    return float(torch.sqrt(sum(t.grad.double().square().sum() for t in group)))


def keep_freed_memory():
    """Tells glibc not to return freed buffers to the kernel at every step (page faults cost PyTorch more than 5 %)."""
    trim_threshold, mmap_max = -1, -4
    libc = ctypes.CDLL(None)
    libc.mallopt(mmap_max, 0)
    libc.mallopt(trim_threshold, 2 ** 31 - 1)


def run(options):
    layout = torch.channels_last if options.layout == "channels-last" else torch.contiguous_format
    if options.arrays:
        with np.load(options.arrays) as file:
            arrays = dict(file)
    else:
        arrays = contract.draw(options.batch, options.group_size, options.seed)
    batch, group_size = contract.check(arrays)
    if options.write_arrays:
        np.savez(options.write_arrays, **arrays)
    values = tensors(arrays, layout)
    del arrays
    groups = trained(values)
    generator = Adapted(values, group_size, options.savings, layout)
    with torch.no_grad():
        target_maps = vgg(values, values["input/targets"])
    rates = {"latents": 0.05, "embedding": 1e-3}
    optimizer = torch.optim.Adam([{"params": group, "lr": rates.get(name, 5e-4)} for name, group in groups.items()],
                                 betas=(0.9, 0.999), eps=1e-8)
    result, totals, times = {}, [], []
    for step in range(options.warmup + options.steps):
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        parts = losses(generator, values, target_maps)
        parts["total"].backward()
        if step == 0:
            result["loss"] = {name: value.item() for name, value in parts.items()}
            result["gradient_norms"] = {name: gradient_norm(group) for name, group in groups.items()}
        optimizer.step()
        totals.append(parts["total"].item())
        if step >= options.warmup:
            times.append(1000 * (time.perf_counter() - start))
    median = statistics.median(times)
    return {
        "ms_median": median, "ms_min": min(times), "ms_max": max(times), "images_per_second": 1000 * batch / median,
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, **result, "totals": totals,
        "batch": batch, "group_size": group_size, "threads": options.threads, "savings": options.savings,
        "layout": options.layout, "version": torch.__version__,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arrays", metavar="FILE.npz", help="weights and inputs; sets batch and group size")
    parser.add_argument("--write-arrays", metavar="FILE.npz", help="keep the weights and inputs that were used")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--group-size", type=int, default=8)
    parser.add_argument("--steps", type=int, default=5, help="timed steps")
    parser.add_argument("--warmup", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--savings", choices=("none", "affine", "all"), default="none")
    parser.add_argument("--layout", choices=("channels-last", "contiguous"), default="channels-last")
    parser.add_argument("--pointwise", choices=list(POINTWISE), default="groups")
    parser.add_argument("--malloc", action="store_true")
    parser.add_argument("--json", metavar="FILE", help="where the result goes; standard output without it")
    options = parser.parse_args()
    global POINTWISE_FORM
    POINTWISE_FORM = options.pointwise
    torch.set_num_threads(options.threads)
    if options.malloc:
        keep_freed_memory()
    try:
        result = run(options)
    except (OSError, ValueError) as error:
        sys.exit(f"graft_step.py: {error}")
    text = json.dumps(result, indent=2)
    if options.json:
        with open(options.json, "w") as file:
            file.write(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
