/**
 * Figures that say how good generated images are, and the features they are made from. A metric's
 * name means one protocol, written in the javadoc of its class and in the text of its result;
 * metrics are pure functions of features or probabilities and reckon in float64.
 *
 * <p>{@link tsugiki.score.FeaturePipeline} goes from image files to features, all at once or in
 * chunks that {@link tsugiki.score.MomentSums} takes; {@link tsugiki.score.FeatureCache} keeps
 * them. {@link tsugiki.score.Scoring} gathers what one set of images scores against another.
 *
 * <p>May use {@code graph}, {@code model} and {@code data}. The metrics use TensorFlow for products
 * and decompositions of matrices in float64 alone.
 */
package tsugiki.score;
