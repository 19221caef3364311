"""The Keras side of dcgan_step.py, on TensorFlow."""

import keras
import tensorflow as tf
from keras import layers

SLOPE = 0.01


def activated(layer):
    return [layer, layers.BatchNormalization(), layers.LeakyReLU(negative_slope=SLOPE)]


def generator(options):
    side, c = options.size // 4, options.channels

    def enlarged(channels, stride):
        return activated(layers.Conv2DTranspose(channels, 3, stride, "same", use_bias=False))

    return keras.Sequential([
        layers.Input((options.latent,)), layers.Dense(8 * c * side * side), layers.Reshape((side, side, 8 * c)),
        *enlarged(4 * c, 2), *enlarged(2 * c, 1),
        layers.Conv2DTranspose(1, 3, 2, "same", activation="tanh")])


def discriminator(options):
    c = options.channels

    def halved(channels):
        return activated(layers.Conv2D(channels, 3, 2, "same", use_bias=False))

    return keras.Sequential([
        layers.Input((options.size, options.size, 1)),
        layers.Conv2D(c, 3, 2, "same"), layers.LeakyReLU(negative_slope=SLOPE), *halved(2 * c), *halved(4 * c),
        layers.Flatten(), layers.Dense(1)])


def steps(options, batches):
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    g, d = generator(options), discriminator(options)
    of_g, of_d = keras.optimizers.Adam(1e-3), keras.optimizers.Adam(1e-3)
    of_g.build(g.trainable_variables)
    of_d.build(d.trainable_variables)
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    ones, zeros = tf.ones((options.batch, 1)), tf.zeros((options.batch, 1))

    @tf.function(input_signature=[tf.TensorSpec([options.batch, options.size, options.size, 1], tf.uint8)])
    def both(pixels):
        real = tf.cast(pixels, tf.float32) / 127.5 - 1
        fake = g(tf.random.normal((options.batch, options.latent)), training=True)
        with tf.GradientTape() as tape:
            of_both = loss(ones, d(real, training=True)) + loss(zeros, d(fake, training=True))
        of_d.apply(tape.gradient(of_both, d.trainable_variables), d.trainable_variables)
        with tf.GradientTape() as tape:
            images = g(tf.random.normal((options.batch, options.latent)), training=True)
            deceived = loss(ones, d(images, training=True))
        of_g.apply(tape.gradient(deceived, g.trainable_variables), g.trainable_variables)
        return of_both, deceived

    def step(number):
        for value in both(batches[number % 2]):
            value.numpy()

    def count(net):
        return int(sum(tf.size(variable).numpy() for variable in net.trainable_variables))

    return {"generator": count(g), "discriminator": count(d)}, step
