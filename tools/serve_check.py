"""Calls a SavedModel's serving signature with TensorFlow, as a Python user would.

usage: serve_check.py MODEL_DIR INPUTS.npz OUTPUTS.npz

INPUTS.npz holds one array for every input of the signature, under the input's name (z float [N, D]; label int [N] and
truncation where the signature has them; others are ignored). No input may be named by a Python keyword such as class:
TensorFlow then refuses to load the model. OUTPUTS.npz gets one array for every output (images uint8
[N, H, W, 3], images_float in [-1, 1]). Prints name, shape and type of each. Exit code 2 and one sentence when an input
is missing or the folder is not a SavedModel.
"""

import os
import sys

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import tensorflow as tf  # noqa: E402  (the log level must be set before)


def fail(message):
    print(f"serve_check.py: {message}", file=sys.stderr)
    sys.exit(2)


def feed(signature, arrays):
    """The signature's inputs as tensors of the types that it declares."""
    specs = signature.structured_input_signature[1]
    missing = sorted(set(specs) - set(arrays))
    if missing:
        fail(f"the inputs lack {', '.join(missing)}; the signature takes {', '.join(sorted(specs))}")
    return {name: tf.constant(arrays[name], dtype=spec.dtype) for name, spec in specs.items()}


def show(kind, values):
    for name, value in sorted(values.items()):
        print(f"{kind} {name} {list(value.shape)} {value.dtype.name}")


def main(model_dir, inputs_file, outputs_file):
    try:
        model = tf.saved_model.load(model_dir)
    except (OSError, ValueError) as error:
        fail(f"{model_dir} cannot be loaded as a SavedModel: {error}")
    if "serving_default" not in model.signatures:
        fail(f"{model_dir} has no signature serving_default; it has {sorted(model.signatures)}")
    signature = model.signatures["serving_default"]
    with np.load(inputs_file) as file:
        inputs = feed(signature, dict(file))
    show("input", inputs)
    outputs = {name: value.numpy() for name, value in signature(**inputs).items()}
    show("output", outputs)
    np.savez(outputs_file, **outputs)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        fail("usage: serve_check.py MODEL_DIR INPUTS.npz OUTPUTS.npz")
    main(*sys.argv[1:])
