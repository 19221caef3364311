/**
 * SavedModels: written so that Python, TensorFlow Serving and Java load them, with the project's
 * own description beside the graph; read, checked before they are trusted, sampled and inspected.
 * It may use {@code graph}, {@code runtime}, {@code model} and {@code base}.
 */
package tsugiki.savedmodel;
