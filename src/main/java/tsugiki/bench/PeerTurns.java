package tsugiki.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step of ours that is timed in turns with the same step in PyTorch, on the same numbers. A time
 * counts only for the same work, so the numbers of both are compared with double precision:
 * compared with each other, two programs would differ by the rounding of both.
 */
final class PeerTurns {
  private static final Logger LOG = LoggerFactory.getLogger(PeerTurns.class);
  private static final int WARM_UP = 2;
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private final String unit;
  private final int steps;
  private final Runnable work;
  private final Timing timing = new Timing();

  /**
   * What the turns gave.
   *
   * @param timing of our steps
   * @param peakMib the most memory resident, of our process
   * @param reference the numbers in double precision, where a peer ran
   * @param reports of the peers by name
   */
  record Outcome(
      Timing timing,
      double peakMib,
      Optional<PeerReport> reference,
      Map<String, PeerReport> reports) {
    /** The peers beside ours. */
    Map<String, ComparedResult.Peer> peers() {
      Map<String, ComparedResult.Peer> peers = new LinkedHashMap<>();
      reports.forEach(
          (name, report) ->
              peers.put(
                  name,
                  ComparedResult.Peer.of(
                      report,
                      timing.median(),
                      greatestDifference(report.loss(), report.gradientNorms()))));
      return peers;
    }

    /** The greatest relative difference of numbers from double precision; null without a peer. */
    Double greatestDifference(Map<String, Double> loss, Map<String, Double> norms) {
      return reference.map(exact -> exact.greatestDifference(loss, norms)).orElse(null);
    }
  }

  /**
   * Describes them.
   *
   * @param unit what is timed, in the plural, such as {@code steps}
   * @param steps timed ones in every turn
   * @param work one of them
   */
  PeerTurns(String unit, int steps, Runnable work) {
    this.unit = unit;
    this.steps = steps;
    this.work = work;
  }

  /** Times ours alone. */
  Outcome alone() {
    Timing.warmUp(WARM_UP, work);
    turn();
    return new Outcome(timing, Memory.peakMib(), Optional.empty(), Map.of());
  }

  /**
   * Times ours and PyTorch's.
   *
   * @param arrays the file of the weights and inputs; what PyTorch says lies beside it
   */
  Outcome with(PyTorchPeer pytorch, Path arrays) {
    LOG.info("computing in double precision, which ours and PyTorch's are compared with");
    PeerReport reference = pytorch.reference(arrays, THREADS);
    Timing.warmUp(WARM_UP, work);
    double peakMib = Double.NaN;
    Map<String, PeerReport> reports = new LinkedHashMap<>();
    for (String allocator : PyTorchPeer.ALLOCATORS) {
      LOG.info("timing {} {} of ours, then PyTorch's, {} allocator", steps, unit, allocator);
      turn();
      peakMib = Memory.peakMib();
      reports.put(PyTorchPeer.name(allocator), pytorch.run(arrays, allocator, steps, THREADS));
    }
    turn();
    return new Outcome(timing, peakMib, Optional.of(reference), reports);
  }

  private void turn() {
    for (int i = 0; i < steps; i++) {
      timing.measure(work);
    }
  }
}
