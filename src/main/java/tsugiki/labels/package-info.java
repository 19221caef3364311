/**
 * Learning from images of which few or none have labels. So far: the feature network F, trained to
 * tell classes and rotations. The package uses the rooms below it and {@code gan}, and sees no
 * other system.
 */
package tsugiki.labels;
