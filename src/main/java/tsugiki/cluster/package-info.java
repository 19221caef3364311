/**
 * More than one machine: bulk work in parts, which Apache Spark spreads over executors. The class
 * that needs Spark is in the folder {@code src/spark} and in the build of the profile {@code spark}
 * alone.
 */
package tsugiki.cluster;
