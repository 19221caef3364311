/**
 * More than one machine. A training: workers on this machine, and what becomes of it when one is
 * lost; its sessions are {@code runtime}'s. Bulk work in parts, which Apache Spark spreads over
 * executors. The class that needs Spark is in the folder {@code src/spark} and in the build of the
 * profile {@code spark} alone.
 */
package tsugiki.cluster;
