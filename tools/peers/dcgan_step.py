"""Times training steps of the textbook's DCGAN on grey images in PyTorch or in Keras, on the CPU.

The peer of the bench's `dcgan-step`: the same layers with LeakyReLU 0.01, the same numbers of parameters, the same
losses and Adam 1e-3. A step is one of the discriminator on real and generated images, each with batch statistics of
their own, and one of the generator on new latent vectors. Images are noise, bytes as ours are; two batches take turns.
Keras runs on TensorFlow in one traced function, with oneDNN.

JSON: ms_median, ms_min, ms_max, cpu_ms_median (of all threads, waiting ones too), images_per_second, peak_rss_mib,
parameters {generator, discriminator}.
"""

import argparse
import json
import os
import resource
import statistics
import time
from pathlib import Path

import numpy as np


def pytorch(options, batches):
    import dcgan_pytorch
    return dcgan_pytorch.steps(options, batches)


def keras(options, batches):
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ["KERAS_BACKEND"] = "tensorflow"
    import dcgan_keras
    return dcgan_keras.steps(options, batches)


def run(options):
    noise = np.random.default_rng(0)
    shape = (options.batch, options.size, options.size, 1)
    batches = [noise.integers(0, 256, shape, dtype=np.uint8) for _ in range(2)]
    parameters, step = {"pytorch": pytorch, "keras": keras}[options.library](options, batches)
    times, cpu_times = [], []
    for number in range(options.warmup + options.steps):
        start, cpu_start = time.perf_counter(), time.process_time()
        step(number)
        if number >= options.warmup:
            times.append(1000 * (time.perf_counter() - start))
            cpu_times.append(1000 * (time.process_time() - cpu_start))
    median = statistics.median(times)
    return {"ms_median": median, "ms_min": min(times), "ms_max": max(times),
            "cpu_ms_median": statistics.median(cpu_times), "images_per_second": 1000 * options.batch / median,
            "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "parameters": parameters,
            "library": options.library, "batch": options.batch, "threads": options.threads}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", choices=("pytorch", "keras"), required=True)
    parser.add_argument("--size", type=int, default=28)
    parser.add_argument("--channels", type=int, default=32)
    parser.add_argument("--latent", type=int, default=100)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--steps", type=int, default=100, help="timed steps")
    parser.add_argument("--warmup", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--layout", choices=("contiguous", "channels-last"), default="channels-last",
                        help="of PyTorch's maps")
    parser.add_argument("--json", metavar="FILE", help="where the result goes; standard output without it")
    options = parser.parse_args()
    text = json.dumps(run(options), indent=2)
    if options.json:
        Path(options.json).write_text(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
