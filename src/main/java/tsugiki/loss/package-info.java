/**
 * Losses: scalars from scores, images and features. Every one is a mean over the batch, so that it
 * does not depend on the batch size. The package may use {@code graph} and {@code model}'s result
 * types.
 */
package tsugiki.loss;
