/**
 * Figures that say how good generated images are. A metric's name means one protocol, written in
 * the javadoc of its class and in the text of its result; metrics are pure functions of features or
 * probabilities and compute in float64, with TensorFlow for products and decompositions of matrices
 * alone. {@link tsugiki.score.Scoring} gathers what one set of images scores against another. It
 * may use {@code features} and {@code base}.
 */
package tsugiki.score;
