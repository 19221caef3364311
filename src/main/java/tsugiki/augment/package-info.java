/**
 * Augmentation. What runs inside a training graph is made of differentiable operations, since the
 * generator learns through it. The package may use {@code graph} and {@code data}.
 */
package tsugiki.augment;
