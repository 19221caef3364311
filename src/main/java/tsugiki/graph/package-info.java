/**
 * The vocabulary: named weights, layers, normalisation, activations, gradients and sessions. A
 * layer is a small final class whose static function takes the operations ({@code Ops}) and the
 * {@link tsugiki.graph.Weights} and turns operands into operands. Images and feature maps are NHWC.
 * No network and no loss lives here; the package uses TensorFlow only.
 *
 * <p>It touches one kind of file: {@link tsugiki.graph.TensorBundle}, TensorFlow's own format for
 * named tensors, is written and read by TensorFlow operations. It lies here since both the
 * checkpoints of {@code train} and the SavedModels of {@code exchange} are made of it, and neither
 * package may use the other.
 */
package tsugiki.graph;
