/**
 * Figures that say how good generated images are, and the features they are made from. A metric's
 * name means one protocol, written in the javadoc of its class and in the text of its result;
 * metrics are pure functions of features or probabilities and reckon in float64.
 *
 * <p>May use {@code graph}, {@code model} and {@code data}. Of the metrics only the Fréchet
 * distance uses TensorFlow, for its decompositions in float64.
 */
package tsugiki.score;
