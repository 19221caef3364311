/**
 * Learning from images of which few or none have labels: {@link tsugiki.labels.FeatureRun} trains
 * the feature network F on rotations and the labels there are, {@link tsugiki.labels.GanLabels}
 * makes the labels that a GAN is trained with from folders, a part of them, a file, draws, F's
 * predictions or clusters of F's features. The package uses the rooms below it and {@code gan}, and
 * sees no other system.
 */
package tsugiki.labels;
