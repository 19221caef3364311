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

JSON: ms_median, ms_min, ms_max, cpu_ms_median (of all threads, waiting ones too), images_per_second, peak_rss_mib; at
the first step loss {total, l1, perceptual, prior, embedding} (the parts before their weights; perceptual is the sum
over the maps) and gradient_norms of each trained group; totals of every step, warm-up included.

--reference computes the same first step in double precision and times nothing; its JSON has loss and gradient_norms
alone. A program's numbers differ from these by that program's own rounding.
"""

import argparse
import ctypes
import json
import resource
import statistics
import time

import numpy as np
import torch
import torch.nn.functional as F

import arrays as contract
from adapted_biggan import Adapted

MEAN_BGR = (103.939, 116.779, 123.68)


def tensors(arrays, layout, dtype):
    """The arrays as tensors in PyTorch's axis order: convolution kernels OIHW, images NCHW."""
    result = {}
    for name, array in arrays.items():
        tensor = torch.from_numpy(np.ascontiguousarray(array, dtype=np.float32)).to(dtype)
        if tensor.dim() == 4:
            order = (0, 3, 1, 2) if name.startswith("input/") else (3, 2, 0, 1)
            tensor = tensor.permute(order).contiguous(memory_format=layout)
        result[name] = tensor
    return result


def vgg(values, images):
    """The ten maps conv1_1 to conv4_3, after ReLU, of images [B, 3, H, W] RGB in [-1, 1]."""
    x = (images.flip(1) + 1) * 127.5 - torch.tensor(MEAN_BGR, dtype=images.dtype).view(1, 3, 1, 1)
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
    """Tells glibc to keep freed buffers instead of returning them to the kernel.

    Feature maps are tens of MiB, which glibc maps and unmaps at every use; the page faults took nearly half of a step.
    TensorFlow pools its buffers itself, so a comparison without this measures the allocator.
    """
    trim_threshold, mmap_max = -1, -4
    libc = ctypes.CDLL(None)
    libc.mallopt(mmap_max, 0)
    libc.mallopt(trim_threshold, 2 ** 31 - 1)


def numbers(parts, groups):
    """The loss with its parts, and the gradients' norms, after backward()."""
    return {"loss": {name: value.item() for name, value in parts.items()},
            "gradient_norms": {name: gradient_norm(group) for name, group in groups.items()}}


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
    values = tensors(arrays, layout, torch.float64 if options.reference else torch.float32)
    del arrays
    groups = trained(values)
    generator = Adapted(values, group_size, options.savings, layout)
    with torch.no_grad():
        target_maps = vgg(values, values["input/targets"])
    if options.reference:
        parts = losses(generator, values, target_maps)
        parts["total"].backward()
        return numbers(parts, groups)
    rates = {"latents": 0.05, "embedding": 1e-3}
    optimizer = torch.optim.Adam([{"params": group, "lr": rates.get(name, 5e-4)} for name, group in groups.items()],
                                 betas=(0.9, 0.999), eps=1e-8)
    result, totals, times, cpu_times = {}, [], [], []
    for step in range(options.warmup + options.steps):
        start, cpu_start = time.perf_counter(), time.process_time()
        optimizer.zero_grad(set_to_none=True)
        parts = losses(generator, values, target_maps)
        parts["total"].backward()
        if step == 0:
            result.update(numbers(parts, groups))
        optimizer.step()
        totals.append(parts["total"].item())
        if step >= options.warmup:
            times.append(1000 * (time.perf_counter() - start))
            cpu_times.append(1000 * (time.process_time() - cpu_start))
    median = statistics.median(times)
    return {
        "ms_median": median, "ms_min": min(times), "ms_max": max(times), "cpu_ms_median": statistics.median(cpu_times),
        "images_per_second": 1000 * batch / median,
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, **result, "totals": totals,
        "batch": batch, "group_size": group_size, "threads": options.threads, "savings": options.savings,
        "layout": options.layout, "allocator": options.allocator, "version": torch.__version__,
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
    parser.add_argument("--reference", action="store_true",
                        help="the first step's numbers in double precision, without times")
    parser.add_argument("--layout", choices=("contiguous", "channels-last"), default="contiguous")
    parser.add_argument("--allocator", choices=("tuned", "stock"), default="tuned",
                        help="tuned: freed buffers stay in the process (default)")
    parser.add_argument("--json", metavar="FILE", help="where the result goes; standard output without it")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.allocator == "tuned":
        keep_freed_memory()
    try:
        result = run(options)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    text = json.dumps(result, indent=2)
    if options.json:
        with open(options.json, "w") as file:
            file.write(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
