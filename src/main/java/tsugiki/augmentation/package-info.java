/**
 * The system "augmentation": datasets enlarged by static policies, and the study of what helps a
 * GAN that has 1,000 images. The package may use {@code gan} and {@code study}, and what these use.
 */
package tsugiki.augmentation;
