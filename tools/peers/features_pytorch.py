"""The PyTorch side of features.py."""

import ctypes

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch.utils.data import DataLoader, Dataset

import inception_2015

SIDE = 299


class Files(Dataset):
    def __init__(self, files):
        self.files = files

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        with Image.open(self.files[index]) as image:
            return torch.from_numpy(np.array(image.convert("RGB"))).permute(2, 0, 1)


class Net:
    def __init__(self, arrays, layout):
        self.weights = {}
        for name, array in arrays.items():
            tensor = torch.from_numpy(array)
            if tensor.dim() == 4:
                tensor = tensor.permute(3, 2, 0, 1).contiguous(memory_format=layout)
            self.weights[name] = tensor

    def conv(self, name, x, stride, padding):
        kernel = self.weights[name + "/kernel"]
        pad = tuple(side // 2 for side in kernel.shape[2:]) if padding == "SAME" else 0
        return F.relu(F.conv2d(x, kernel, self.weights[name + "/bias"], stride, pad), inplace=True)

    def maximum(self, x, stride):
        return F.max_pool2d(x, 3, stride, padding=0 if stride == 2 else 1)

    def mean(self, x):
        return F.avg_pool2d(x, 3, 1, padding=1, count_include_pad=False)

    def join(self, maps):
        return torch.cat(maps, 1)


def between(size):
    """The rows that TensorFlow 1's bilinear rule takes for each of 299, and the second one's share."""
    place = torch.arange(SIDE, dtype=torch.float32) * (size / SIDE)
    low = place.floor().long()
    return low, (low + 1).clamp_max(size - 1), place - low


def resized(x):
    low, high, share = between(x.shape[2])
    share = share[:, None]
    x = torch.lerp(x.index_select(2, low), x.index_select(2, high), share)
    low, high, share = between(x.shape[3])
    return torch.lerp(x.index_select(3, low), x.index_select(3, high), share)


def keep_freed_memory():
    """As in graft_step.py: otherwise the kernel gives and takes every map, and half of the time goes there."""
    trim_threshold, mmap_max = -1, -4
    libc = ctypes.CDLL(None)
    libc.mallopt(mmap_max, 0)
    libc.mallopt(trim_threshold, 2 ** 31 - 1)


def passes(options, arrays, files):
    keep_freed_memory()
    torch.set_num_threads(options.threads)
    layout = torch.channels_last if options.layout == "channels-last" else torch.contiguous_format
    net = Net(arrays, layout)
    loader = DataLoader(Files(files), batch_size=options.batch, num_workers=options.threads, persistent_workers=True)

    def one_pass():
        for pixels in loader:
            with torch.inference_mode():
                x = resized(pixels.float()).sub_(128).mul_(1 / 128).contiguous(memory_format=layout)
                yield inception_2015.last_map(net, x, options.tap).mean((2, 3)).numpy()

    return one_pass
