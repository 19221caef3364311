/**
 * The workloads of the verb {@code bench}, a class and a result each, and the peers that some are
 * compared with ({@link tsugiki.bench.ComparedResult}). It may use every room but the command line;
 * no room but the command line uses it.
 *
 * <p>The unit is a session: one run of a graph takes milliseconds to seconds on all cores, inside a
 * native library. It is timed by hand, with a warm-up, and reported as median, least and greatest,
 * beside the processor time of all threads, which other programs on the machine disturb less. JMH
 * is for code that runs in the JVM alone, where the compiler could remove what is measured.
 */
package tsugiki.bench;
