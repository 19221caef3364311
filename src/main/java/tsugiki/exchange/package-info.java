/**
 * What goes out to other programs and comes in from them: SavedModels that Python, TensorFlow
 * Serving and Java load, with the project's own description beside the graph; weight files of
 * NumPy, Keras and PyTorch, read by {@link tsugiki.exchange.WeightFiles}; downloads, by {@link
 * tsugiki.exchange.Fetching}. {@link tsugiki.exchange.FrozenNetworks} opens networks by their
 * names, {@link tsugiki.exchange.FeatureModel} and {@link tsugiki.exchange.ServedGenerator} run our
 * own SavedModels. The package may use {@code graph}, {@code model} and {@code data}.
 */
package tsugiki.exchange;
