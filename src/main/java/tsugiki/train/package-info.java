/**
 * Training: the optimiser over named weights, ordered updates, averages, checkpoints, the run
 * directory and the loop. The package knows no network: what it trains and what it measures are
 * handed to it. It uses {@code graph} and {@code data}.
 */
package tsugiki.train;
