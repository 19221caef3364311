"""Times an iteration of a stage of ConSinGAN in PyTorch, on the CPU.

The peer of the bench's `single`: the arithmetic of the authors' program (Hinz et al. 2021) on the weights and inputs of
an .npz file, NHWC and HWIO:

  generator/head, generator/body_I/conv_K, generator/tail, discriminator/conv_K, discriminator/score: kernel and bias
  noise/amplitude_I  scalars           input/noise_I, input/fixed_I  the maps of a step and of the reconstruction
  input/real, input/fake [1, h, w, 3]  input/share  a scalar        meta [layers, slope, train depth, rate factor]

An iteration draws noise, then three times scores the image and a generated one (generated anew each time, the last
time with its graph), takes the gradient penalty and an Adam step of the discriminator; then the generator's loss
-mean D(G(z)) + 10 mse, one backward pass, and three Adam steps by that gradient. Rates: 5e-4, of older stages times
the rate factor per stage. Noise surrounds the maps, as for generation.

JSON: ms_median, ms_min, ms_max, cpu_ms_median (of all threads), images_per_second (iterations), peak_rss_mib; loss
{loss_d, gradient_penalty, loss_g, adversarial, reconstruction} and gradient_norms {discriminator, generator} at the
given weights, before any update. --mode=reference computes these alone, in double precision.
"""

import argparse
import json
import statistics
import time

import numpy as np
import torch
import torch.nn.functional as F

from graft_step import gradient_norm, keep_freed_memory


def tensors(arrays, dtype):
    """Kernels as OIHW, maps as NCHW."""
    result = {}
    for name, array in arrays.items():
        tensor = torch.from_numpy(np.ascontiguousarray(array, dtype=np.float32)).to(dtype)
        if tensor.dim() == 4 and name.endswith("kernel"):
            tensor = tensor.permute(3, 2, 0, 1).contiguous()
        elif tensor.dim() == 4:
            tensor = tensor.permute(0, 3, 1, 2).contiguous()
        result[name] = tensor
    return result


class Stage:
    def __init__(self, values):
        self.values = values
        layers, self.slope, depth, self.factor = values["meta"].tolist()
        self.layers, self.depth = int(layers), int(depth)
        self.stages = sum(name.startswith("input/noise_") for name in values)
        self.real = values["input/real"]
        self.sizes = [tuple(values[f"input/noise_{i}"].shape[2:]) for i in range(self.stages)]

    def conv(self, x, name, padding=0):
        return F.conv2d(x, self.values[name + "/kernel"], self.values[name + "/bias"], padding=padding)

    def act(self, x):
        return F.leaky_relu(x, self.slope, inplace=True)

    def body(self, x, stage):
        for layer in range(self.layers):
            x = self.act(self.conv(x, f"generator/body_{stage}/conv_{layer}"))
        return x

    @staticmethod
    def enlarged(x, height, width):
        return F.interpolate(x, size=(height, width), mode="bicubic", align_corners=True)

    def generate(self, noise):
        x = self.act(self.conv(noise[0], "generator/head", 1))
        x = self.enlarged(x, x.shape[2] + 2, x.shape[3] + 2)
        x = self.body(F.pad(x, [self.layers - 1] * 4), 0)
        for stage in range(1, len(noise)):
            height, width = noise[stage].shape[2:]
            outer = self.enlarged(x, height, width)
            inner = self.enlarged(x, height - 2 * self.layers, width - 2 * self.layers)
            x = self.body(outer + noise[stage] * self.values[f"noise/amplitude_{stage}"], stage) + inner
        return torch.tanh(self.conv(x, "generator/tail", 1))

    def scores(self, x):
        for layer in range(self.layers + 1):
            x = self.act(self.conv(x, f"discriminator/conv_{layer}"))
        return self.conv(x, "discriminator/score")

    def noise(self, kind):
        return [self.values[f"input/{kind}_{i}"] for i in range(self.stages)]

    def fresh_noise(self):
        return [torch.randn_like(x) for x in self.noise("noise")]

    def loss_d(self, fake, share):
        fake = fake.detach()
        between = (share * self.real + (1 - share) * fake).requires_grad_(True)
        scores = self.scores(between)
        slopes = torch.autograd.grad(scores, between, torch.ones_like(scores), create_graph=True)[0]
        penalty = ((slopes.norm(2, dim=1) - 1) ** 2).mean()
        return self.scores(fake).mean() - self.scores(self.real).mean() + 0.1 * penalty, penalty

    def loss_g(self, fake):
        adversarial = -self.scores(fake).mean()
        reconstruction = F.mse_loss(self.generate(self.noise("fixed")), self.real)
        return adversarial + 10 * reconstruction, adversarial, reconstruction

    def groups(self):
        """The trained weights: the discriminator's, and the generator's by their rate."""
        critic = [v for n, v in self.values.items() if n.startswith("discriminator/")]
        rates = {}
        for name, value in self.values.items():
            part = name.split("/")
            if part[0] == "generator":
                stage = int(part[1][5:]) if part[1].startswith("body_") else 0
                age = 0 if part[1] == "tail" else self.stages - 1 - stage
                if age < self.depth:
                    rates.setdefault(5e-4 * self.factor ** age, []).append(value)
        for value in critic + sum(rates.values(), []):
            value.requires_grad_(True)
        return critic, rates


def numbers(stage, critic, rates):
    loss_d, penalty = stage.loss_d(stage.values["input/fake"], stage.values["input/share"])
    loss_d.backward()
    norms = {"discriminator": gradient_norm(critic)}
    loss_g, adversarial, reconstruction = stage.loss_g(stage.generate(stage.noise("noise")))
    loss_g.backward()
    norms["generator"] = gradient_norm(sum(rates.values(), []))
    loss = {"loss_d": loss_d, "gradient_penalty": penalty, "loss_g": loss_g, "adversarial": adversarial,
            "reconstruction": reconstruction}
    return {"loss": {name: value.item() for name, value in loss.items()}, "gradient_norms": norms}


def iterate(stage, critic, optimizer_d, optimizer_g):
    noise = stage.fresh_noise()
    for k in range(3):
        optimizer_d.zero_grad()
        if k == 2:
            fake = stage.generate(noise)
        else:
            with torch.no_grad():
                fake = stage.generate(noise)
        stage.loss_d(fake, torch.rand(1, 1, 1, 1))[0].backward()
        optimizer_d.step()
    loss = stage.loss_g(fake)[0]
    optimizer_g.zero_grad()
    loss.backward()
    for _ in range(3):
        optimizer_g.step()


def peak_mib():
    """The most memory resident; getrusage would count what the process that started this one had."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:"))


def run(options):
    with np.load(options.arrays) as file:
        values = tensors(dict(file), torch.float64 if options.mode == "reference" else torch.float32)
    stage = Stage(values)
    critic, rates = stage.groups()
    result = numbers(stage, critic, rates)
    if options.mode == "reference":
        return result
    optimizer_d = torch.optim.Adam(critic, lr=5e-4, betas=(0.5, 0.999))
    optimizer_g = torch.optim.Adam([{"params": group, "lr": rate} for rate, group in rates.items()],
                                   betas=(0.5, 0.999))
    times, cpu_times = [], []
    for step in range(options.warmup + options.steps):
        start, cpu_start = time.perf_counter(), time.process_time()
        iterate(stage, critic, optimizer_d, optimizer_g)
        if step >= options.warmup:
            times.append(1000 * (time.perf_counter() - start))
            cpu_times.append(1000 * (time.process_time() - cpu_start))
    median = statistics.median(times)
    return {
        "ms_median": median, "ms_min": min(times), "ms_max": max(times), "cpu_ms_median": statistics.median(cpu_times),
        "images_per_second": 1000 / median,
        "peak_rss_mib": peak_mib(), **result,
        "threads": options.threads, "allocator": options.allocator, "version": torch.__version__,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arrays", metavar="FILE.npz", required=True, help="weights and inputs")
    parser.add_argument("--steps", type=int, default=5, help="timed iterations")
    parser.add_argument("--warmup", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--mode", choices=["timing", "reference"], default="timing")
    parser.add_argument("--allocator", choices=("tuned", "stock"), default="tuned",
                        help="tuned: freed buffers stay in the process (default)")
    parser.add_argument("--json", metavar="FILE", help="where the result goes; standard output without it")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.allocator == "tuned":
        keep_freed_memory()
    try:
        result = run(options)
    except (OSError, ValueError, KeyError) as error:
        parser.error(str(error))
    text = json.dumps(result, indent=2)
    if options.json:
        with open(options.json, "w") as file:
            file.write(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
