/**
 * The training of a feature network, which recognises the classes of images and the quarter turns
 * by which they are rotated. {@link tsugiki.recognition.FeatureRun} trains it on rotations and the
 * labels there are, or on the maps of a teacher, and writes it as a SavedModel, which {@link
 * tsugiki.features.FeatureModel} opens.
 *
 * <p>The package may use {@code loss}, {@code augment}, {@code train}, {@code score} and what they
 * may use; it knows no GAN.
 */
package tsugiki.recognition;
