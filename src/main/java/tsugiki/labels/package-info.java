/**
 * The labels of a GAN's training images where few or none are given. {@link
 * tsugiki.labels.GanLabels} takes them from folders, a part of them, a file, random draws, the
 * predictions of a feature network or clusters of its features; {@link tsugiki.labels.LabelStudy}
 * compares these ways.
 *
 * <p>The package may use {@code gan} and every room that {@code gan} may, and {@code recognition}
 * for the feature networks of a study; it sees no other system.
 */
package tsugiki.labels;
