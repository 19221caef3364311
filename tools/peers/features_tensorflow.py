"""The TensorFlow side of features.py."""

import tensorflow as tf

import inception_2015

SIDE = 299


class Net:
    def __init__(self, arrays):
        self.weights = {name: tf.constant(array) for name, array in arrays.items()}

    def conv(self, name, x, stride, padding):
        x = tf.nn.conv2d(x, self.weights[name + "/kernel"], stride, padding)
        return tf.nn.relu(tf.nn.bias_add(x, self.weights[name + "/bias"]))

    def maximum(self, x, stride):
        return tf.nn.max_pool2d(x, 3, stride, "VALID" if stride == 2 else "SAME")

    def mean(self, x):
        return tf.nn.avg_pool2d(x, 3, 1, "SAME")

    def join(self, maps):
        return tf.concat(maps, 3)


def passes(options, arrays, files):
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    net = Net(arrays)

    def decode(file):
        return tf.io.decode_image(tf.io.read_file(file), channels=3, expand_animations=False)

    @tf.function(input_signature=[tf.TensorSpec([None, None, None, 3], tf.uint8)])
    def features(pixels):
        x = tf.raw_ops.ResizeBilinear(images=tf.cast(pixels, tf.float32), size=[SIDE, SIDE])
        return tf.reduce_mean(inception_2015.last_map(net, (x - 128) * (1 / 128), options.tap), [1, 2])

    batches = (tf.data.Dataset.from_tensor_slices(files)
               .map(decode, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True)
               .batch(options.batch).prefetch(tf.data.AUTOTUNE))

    def one_pass():
        for pixels in batches:
            yield features(pixels).numpy()

    return one_pass
