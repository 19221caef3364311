"""The PyTorch side of dcgan_step.py."""

import torch
from torch import nn

SLOPE = 0.01


def generator(options):
    side, c = options.size // 4, options.channels
    return nn.Sequential(
        nn.Linear(options.latent, 8 * c * side * side), nn.Unflatten(1, (8 * c, side, side)),
        nn.ConvTranspose2d(8 * c, 4 * c, 3, 2, 1, 1, bias=False), nn.BatchNorm2d(4 * c), nn.LeakyReLU(SLOPE, True),
        nn.ConvTranspose2d(4 * c, 2 * c, 3, 1, 1, bias=False), nn.BatchNorm2d(2 * c), nn.LeakyReLU(SLOPE, True),
        nn.ConvTranspose2d(2 * c, 1, 3, 2, 1, 1), nn.Tanh())


def discriminator(options):
    c, side = options.channels, (options.size + 7) // 8
    return nn.Sequential(
        nn.Conv2d(1, c, 3, 2, 1), nn.LeakyReLU(SLOPE, True),
        nn.Conv2d(c, 2 * c, 3, 2, 1, bias=False), nn.BatchNorm2d(2 * c), nn.LeakyReLU(SLOPE, True),
        nn.Conv2d(2 * c, 4 * c, 3, 2, 1, bias=False), nn.BatchNorm2d(4 * c), nn.LeakyReLU(SLOPE, True),
        nn.Flatten(), nn.Linear(4 * c * side * side, 1))


def steps(options, batches):
    torch.set_num_threads(options.threads)
    layout = torch.channels_last if options.layout == "channels-last" else torch.contiguous_format
    g = generator(options).to(memory_format=layout)
    d = discriminator(options).to(memory_format=layout)
    of_g = torch.optim.Adam(g.parameters(), lr=1e-3)
    of_d = torch.optim.Adam(d.parameters(), lr=1e-3)
    loss = nn.BCEWithLogitsLoss()
    ones, zeros = torch.ones(options.batch, 1), torch.zeros(options.batch, 1)

    def step(number):
        real = torch.from_numpy(batches[number % 2]).permute(0, 3, 1, 2).contiguous(memory_format=layout) / 127.5 - 1
        with torch.no_grad():
            fake = g(torch.randn(options.batch, options.latent))
        of_d.zero_grad(set_to_none=True)
        (loss(d(real), ones) + loss(d(fake), zeros)).backward()
        of_d.step()
        for parameter in d.parameters():
            parameter.requires_grad_(False)
        of_g.zero_grad(set_to_none=True)
        loss(d(g(torch.randn(options.batch, options.latent))), ones).backward()
        of_g.step()
        for parameter in d.parameters():
            parameter.requires_grad_(True)

    count = {name: sum(p.numel() for p in net.parameters()) for name, net in (("generator", g), ("discriminator", d))}
    return count, step
