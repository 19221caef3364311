package tsugiki.cluster;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import tsugiki.base.BadInputException;

/**
 * What came of a part: its result, or why the whole work has to be given up.
 *
 * @param result null where there is a refusal
 * @param refusal a sentence; null where there is a result
 * @param host the machine
 */
public record PartOutcome<T extends Serializable>(T result, String refusal, String host)
    implements Serializable {
  /**
   * Does a part. Bad input becomes an outcome, since it comes again wherever the part is tried;
   * what else is thrown is left to the caller.
   *
   * @param build of the process that gave the part, from {@link ProgramDigest}
   */
  static <P extends Serializable, T extends Serializable> PartOutcome<T> of(
      PartWork<P, T> work, P part, String build) {
    try {
      ProgramDigest.require(build);
      return new PartOutcome<>(work.of(part), null, thisMachine());
    } catch (BadInputException e) {
      return new PartOutcome<>(null, e.marked().text(), thisMachine());
    }
  }

  /**
   * The result.
   *
   * @param elsewhere whether another machine may have done the part
   * @throws BadInputException if there is none
   */
  T require(boolean elsewhere) {
    if (refusal != null) {
      throw new BadInputException(
          elsewhere ? "the executor on %s: %s".formatted(host, refusal) : refusal);
    }
    return result;
  }

  private static String thisMachine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "of unknown name";
    }
  }
}
