"""Checks that Python's TensorFlow serves SavedModels as a user and TensorFlow Serving need them, and as Java does.

usage: serve_check.py MODEL_DIR[=REFERENCE_DIR] ...
       serve_check.py MODEL_DIR INPUTS.npz OUTPUTS.npz

A MODEL_DIR is a SavedModel, or a folder of numbered versions, of which the highest counts. Of each: the tag is serve, the
signature serving_default has the method tensorflow/serving/predict, `tf.saved_model.load` loads it from a folder of numbered
versions, and a batch of any size gives the same rows. A REFERENCE_DIR has inputs/NAME.npy and what Java gave for them,
outputs/NAME.npy (`tools/tsugiki serve-check` writes it and calls this); floats must be equal to 1e-5, bytes to 1. Without one
the inputs are drawn here. Prints a line for each model. Exit code 0 when all hold, 1 when one does not, 2 for wrong usage.

The second form calls a model once: INPUTS.npz holds one array for every input of the signature, under the input's name (z
float [N, D]; label int [N] and truncation where the signature has them; others are ignored), and OUTPUTS.npz gets one array for
every output (images uint8 [N, H, W, 3], images_float in [-1, 1]).
"""

import os
import pathlib
import sys
import tempfile

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import tensorflow as tf  # noqa: E402  (the log level must be set before)
from tensorflow.core.protobuf import saved_model_pb2  # noqa: E402

KEY = "serving_default"
METHOD = "tensorflow/serving/predict"
TOLERANCE = 1e-5
COUNT = 4


class Wrong(Exception):
    """What does not hold of a model."""


def fail(message):
    print(f"serve_check.py: {message}", file=sys.stderr)
    sys.exit(2)


def arrays(folder):
    return {file.stem: np.load(file) for file in sorted(folder.glob("*.npy"))}


def typed(values, specs):
    """The signature's inputs as tensors of the types that it declares."""
    missing = sorted(set(specs) - set(values))
    if missing:
        raise Wrong(f"the inputs lack {', '.join(missing)}; the signature takes {', '.join(sorted(specs))}")
    return {
        name: tf.constant(np.asarray(values[name]).astype(spec.dtype.as_numpy_dtype)) for name, spec in specs.items()
    }


def drawn(specs):
    """Inputs of our own: numbers of N(0, 1), bytes, and the class 0."""
    random = np.random.default_rng(0)
    values = {}
    for name, spec in specs.items():
        sizes = [COUNT if i == 0 else 48 for i in range(len(spec.shape))]
        shape = [known if known is not None else sizes[i] for i, known in enumerate(spec.shape)]
        if spec.dtype == tf.uint8:
            values[name] = random.integers(0, 256, shape)
        elif spec.dtype.is_integer:
            values[name] = np.zeros(shape)
        else:
            values[name] = np.full(shape, 0.5) if not shape else random.standard_normal(shape)
    return values


def difference(name, one, other):
    """The largest difference; bytes may differ by 1, where a float lies between two of them."""
    if one.shape != other.shape:
        raise Wrong(f"{name} has the shape {list(one.shape)} where {list(other.shape)} was expected")
    largest = float(np.max(np.abs(one.astype(np.float64) - other.astype(np.float64)))) if one.size else 0.0
    if one.dtype == np.uint8:
        if largest > 1:
            raise Wrong(f"{name} differs by {largest:.0f} of 255")
        return 0.0
    bound = TOLERANCE * max(1.0, float(np.max(np.abs(other)))) if other.size else TOLERANCE
    if not largest <= bound:
        raise Wrong(f"{name} differs by {largest:.2e}, allowed are {bound:.0e}")
    return largest


def described(folder):
    """Checks what a server reads of the file before it loads the graph."""
    saved = saved_model_pb2.SavedModel()
    try:
        saved.ParseFromString((folder / "saved_model.pb").read_bytes())
    except Exception as error:  # noqa: BLE001  (protobuf's own class differs by version)
        raise Wrong(f"it has no readable saved_model.pb ({error})") from error
    tags = [list(graph.meta_info_def.tags) for graph in saved.meta_graphs]
    if ["serve"] not in tags:
        raise Wrong(f"no graph has the one tag serve, but {tags}")
    signatures = saved.meta_graphs[tags.index(["serve"])].signature_def
    if KEY not in signatures:
        raise Wrong(f"it has no signature {KEY}, but {sorted(signatures)}")
    if signatures[KEY].method_name != METHOD:
        raise Wrong(f"the method of {KEY} is {signatures[KEY].method_name!r}, not {METHOD}")


def newest(folder):
    """The SavedModel itself, or the highest of its numbered versions."""
    versions = [path for path in folder.iterdir() if path.is_dir() and path.name.isdigit()] if folder.is_dir() else []
    if (folder / "saved_model.pb").is_file() or not versions:
        return folder
    return max(versions, key=lambda path: int(path.name))


def served(folder, scratch):
    """Loads a model from a folder as TensorFlow Serving wants it: NAME/1/saved_model.pb."""
    base = pathlib.Path(tempfile.mkdtemp(dir=scratch)) / "model"
    base.mkdir()
    (base / "1").symlink_to(folder.resolve(), target_is_directory=True)
    try:
        return tf.saved_model.load(str(newest(base)))
    except (OSError, ValueError, KeyError) as error:
        raise Wrong(f"it cannot be loaded: {error}") from error


def call(signature, inputs):
    return {name: value.numpy() for name, value in signature(**inputs).items()}


def batches(signature, specs, inputs, whole):
    """Other numbers of images give the same rows; an input without an open first size stays as it is."""
    open_ones = [name for name, spec in specs.items() if len(spec.shape) and spec.shape[0] is None]
    for rows in (lambda t: t[:1], lambda t: tf.concat([t, t], 0)):
        some = {name: rows(value) if name in open_ones else value for name, value in inputs.items()}
        for name, got in call(signature, some).items():
            difference(f"{name} of another batch", got, rows(tf.constant(whole[name])).numpy())


def parted(argument):
    """A model's folder, whose path may hold `=`, and the folder of what Java gave for it, or nothing."""
    name, equals, reference = argument.rpartition("=")
    return (name, reference) if equals and not os.path.isdir(argument) else (argument, "")


def check(name, reference, scratch):
    """What holds of a model, in words."""
    folder = newest(pathlib.Path(name))
    described(folder)
    model = served(folder, scratch)
    signature = model.signatures[KEY]
    specs = signature.structured_input_signature[1]
    inputs = typed(arrays(pathlib.Path(reference) / "inputs") if reference else drawn(specs), specs)
    try:
        outputs = call(signature, inputs)
        batches(signature, specs, inputs, outputs)
    except tf.errors.OpError as error:
        raise Wrong(f"it cannot be called: {error.message.splitlines()[0]}") from error
    words = ", ".join(f"{key} {list(value.shape)}" for key, value in sorted(outputs.items()))
    if not reference:
        return f"{words}; not compared with Java"
    expected = arrays(pathlib.Path(reference) / "outputs")
    if set(expected) != set(outputs):
        raise Wrong(f"it gives {sorted(outputs)}, and in Java {sorted(expected)}")
    largest = max(difference(f"{key} of Java", value, expected[key]) for key, value in outputs.items())
    return f"{words}; from Java's by {largest:.1e} at most"


def main(arguments):
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        for argument in arguments:
            name, reference = parted(argument)
            try:
                print(f"ok {name}: {check(name, reference, scratch)}", flush=True)
            except Wrong as found:
                wrong += 1
                print(f"WRONG {name}: {found}", flush=True)
    sys.exit(1 if wrong else 0)


def once(model_dir, inputs_file, outputs_file):
    try:
        signature = tf.saved_model.load(model_dir).signatures[KEY]
    except (OSError, ValueError, KeyError) as error:
        fail(f"{model_dir} cannot be loaded as a SavedModel with the signature {KEY}: {error}")
    with np.load(inputs_file) as file:
        try:
            inputs = typed(dict(file), signature.structured_input_signature[1])
        except Wrong as missing:
            fail(str(missing))
    outputs = call(signature, inputs)
    for kind, values in (("input", inputs), ("output", outputs)):
        for name, value in sorted(values.items()):
            print(f"{kind} {name} {list(value.shape)} {np.dtype(value.numpy().dtype if kind == 'input' else value.dtype)}")
    np.savez(outputs_file, **outputs)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        fail("usage: serve_check.py MODEL_DIR[=REFERENCE_DIR] ...")
    if len(sys.argv) == 4 and all(name.endswith(".npz") for name in sys.argv[2:]):
        once(*sys.argv[1:])
    else:
        main(sys.argv[1:])
