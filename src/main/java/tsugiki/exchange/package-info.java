/**
 * What goes out to other programs and comes in from them: SavedModels that Python, TensorFlow
 * Serving and Java load, with the project's own description beside the graph. The package uses
 * {@code graph}, {@code model} and {@code data}.
 */
package tsugiki.exchange;
