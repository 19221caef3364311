"""Times features of image files by Inception v3 in PyTorch or in TensorFlow, on the CPU, decoding included.

The peer of the bench's `features`: the same weights (--arrays, an .npz by the frozen graph's names), the same files
(--images, a folder of images of one size, in the order of their names), the same batch, the mean over the map with
--tap channels. Each library reads files in its own usual way: PyTorch by a DataLoader with as many workers as threads,
which decode with Pillow, TensorFlow by a tf.data pipeline with a parallel map and prefetching. oneDNN is on in both.
A pass goes over all files; what is started once for many (workers, traced functions) is started in the warm-up.

JSON: ms_median, ms_min, ms_max of a pass, cpu_ms_median (the process alone, without DataLoader's workers),
images_per_second, peak_rss_mib. --features keeps the features of the last pass as .npy [N, tap].
"""

import argparse
import json
import os
import resource
import statistics
import time
from pathlib import Path

import numpy as np

import inception_2015


def pytorch(options, arrays, files):
    """Returns a function that makes a pass and gives its features."""
    import features_pytorch
    return features_pytorch.passes(options, arrays, files)


def tensorflow(options, arrays, files):
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import features_tensorflow
    return features_tensorflow.passes(options, arrays, files)


def run(options):
    files = sorted(str(path) for path in Path(options.images).iterdir())
    with np.load(options.arrays) as file:
        arrays = dict(file)
    one_pass = {"pytorch": pytorch, "tensorflow": tensorflow}[options.library](options, arrays, files)
    times, cpu_times, features = [], [], None
    for repeat in range(options.warmup + options.repeats):
        start, cpu_start = time.perf_counter(), time.process_time()
        features = np.concatenate(list(one_pass()))
        if repeat >= options.warmup:
            times.append(1000 * (time.perf_counter() - start))
            cpu_times.append(1000 * (time.process_time() - cpu_start))
    if options.features:
        np.save(options.features, features)
    median = statistics.median(times)
    return {"ms_median": median, "ms_min": min(times), "ms_max": max(times),
            "cpu_ms_median": statistics.median(cpu_times), "images_per_second": 1000 * len(files) / median,
            "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "library": options.library, "batch": options.batch, "tap": options.tap, "threads": options.threads}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", choices=("pytorch", "tensorflow"), required=True)
    parser.add_argument("--arrays", metavar="FILE.npz", required=True)
    parser.add_argument("--images", metavar="DIR", required=True)
    parser.add_argument("--tap", type=int, choices=inception_2015.TAPS, default=768)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--repeats", type=int, default=3, help="timed passes")
    parser.add_argument("--warmup", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--layout", choices=("contiguous", "channels-last"), default="channels-last",
                        help="of PyTorch's maps")
    parser.add_argument("--features", metavar="FILE.npy")
    parser.add_argument("--json", metavar="FILE", help="where the result goes; standard output without it")
    options = parser.parse_args()
    text = json.dumps(run(options), indent=2)
    if options.json:
        Path(options.json).write_text(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
