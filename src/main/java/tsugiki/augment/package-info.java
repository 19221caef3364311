/**
 * Augmentation: static policies, which enlarge a dataset, and differentiable augmentation, which
 * runs inside a training graph and is made of differentiable operations, since the generator learns
 * through it. The package may use {@code graph} and {@code data}.
 */
package tsugiki.augment;
