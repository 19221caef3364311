/**
 * Weight files of other programs: NumPy's {@code .npz}, Keras' HDF5, PyTorch's {@code .pth}, read
 * by {@link tsugiki.weights.WeightFiles}. A file's size bounds what is read from it, and nothing in
 * it runs. It may use {@code base}.
 */
package tsugiki.weights;
