/**
 * What goes out to other programs and comes in from them: SavedModels that Python, TensorFlow
 * Serving and Java load, with the project's own description beside the graph; weight files of
 * NumPy, Keras and PyTorch, read by {@link tsugiki.exchange.WeightFiles}; downloads, by {@link
 * tsugiki.exchange.Fetching}. {@link tsugiki.exchange.FrozenNetworks} opens networks by their
 * names. The package uses {@code graph} and {@code model}, and {@code data} for NumPy's format.
 */
package tsugiki.exchange;
