"""BigGAN-128 with adaptive point-wise layers in PyTorch; `arrays.py` names its weights."""

import torch
import torch.nn.functional as F

import arrays as contract

EPSILON = 1e-5


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
    """x_adapt = W x + b by groups: x [B, C, H, W], W [B, C / g, g out, g in], b [B, C].

    In the plain layout one product a group was the fastest of six forms on two AVX-512 cores (192 channels at 128
    pixels, batch 8, g 8, forward and gradients: 60 ms; block-diagonal products and the grouped convolution with the
    batch folded into the groups 121 to 268). Channels-last forms took 181 and
    more; tiles are the best of them over all sites.
    """
    batch, groups, size, _ = mixing.shape
    if size == 1:
        return torch.addcmul(offset[:, :, None, None], x, mixing.view(batch, groups, 1, 1))
    if x.is_contiguous():
        flat = torch.baddbmm(offset.reshape(-1, size, 1), mixing.reshape(-1, size, size),
                             x.reshape(batch * groups, size, -1))
        return flat.view(x.shape)
    return pointwise_tiles(x, mixing, offset)


def pointwise_tiles(x, mixing, offset, tile=96):
    """The same for channels-last images: products with block-diagonal tiles of 96 channels."""
    batch, groups, size, _ = mixing.shape
    _, channels, height, width = x.shape
    tiles, each = channels // tile, tile // size
    blocks = mixing.view(batch, tiles, each, size, size).transpose(3, 4)
    eye = torch.eye(each, dtype=x.dtype)
    diagonal = (blocks[:, :, :, :, None, :] * eye[:, None, :, None]).reshape(batch * tiles, tile, tile)
    flat = x.permute(0, 2, 3, 1).reshape(batch, height * width, tiles, tile).transpose(1, 2)
    y = torch.baddbmm(offset.reshape(-1, 1, tile), flat.reshape(-1, height * width, tile), diagonal)
    y = y.view(batch, tiles, height * width, tile).transpose(1, 2).reshape(batch, height, width, channels)
    return y.permute(0, 3, 1, 2)
