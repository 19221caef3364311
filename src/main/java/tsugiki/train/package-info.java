/**
 * Training: the optimiser over named weights, ordered updates, averages, checkpoints, the run
 * directory and the loop. The package knows no network: what it trains and what it measures are
 * handed to it. It may use {@code graph} and {@code data}.
 *
 * <p>The promise that all of it serves: the same options give the same bits, and a run that was
 * killed and resumed ends as one that never stopped.
 */
package tsugiki.train;
