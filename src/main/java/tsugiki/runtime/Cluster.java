package tsugiki.runtime;

import com.google.common.net.HostAndPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.ClusterDef;
import org.tensorflow.proto.JobDef;
import tsugiki.base.BadInputException;

/**
 * Processes that train together over TensorFlow's own gRPC runtime, by their addresses. The first
 * is the chief, which trains and has the variables; all others are workers and compute what they
 * are sent. Nothing of it is protected: whoever reaches a port can run any graph.
 *
 * @param addresses {@code HOST:PORT} of each, the chief's first; empty for a process by itself
 */
public record Cluster(List<String> addresses) {
  /** A process by itself. */
  public static final Cluster NONE = new Cluster(List.of());

  private static final int CONNECT_MILLIS = 2000;

  /**
   * Checks every address.
   *
   * @throws BadInputException if there is only one, one twice, or one that is none
   */
  public Cluster {
    addresses = List.copyOf(addresses);
    addresses.forEach(Cluster::checked);
    if (addresses.size() == 1) {
      throw new BadInputException(
          "⟨cluster⟩ names %s alone; give the chief's address and that of each worker, with commas between them"
              .formatted(addresses.get(0)));
    }
    if (new HashSet<>(addresses).size() < addresses.size()) {
      throw new BadInputException(
          "⟨cluster⟩ names an address twice: %s; give every process its own"
              .formatted(String.join(",", addresses)));
    }
  }

  private static HostAndPort checked(String address) {
    try {
      HostAndPort parsed = HostAndPort.fromString(address);
      if (parsed.hasPort() && parsed.getPort() > 0 && !parsed.getHost().isEmpty()) {
        return parsed;
      }
    } catch (IllegalArgumentException e) {
      // Refused below, in words of our own.
    }
    throw new BadInputException(
        "⟨cluster⟩ has '%s', which is no HOST:PORT; give one such as localhost:7301"
            .formatted(address));
  }

  /** How many processes it has. */
  public int tasks() {
    return addresses.size();
  }

  /** Whether there are any. */
  boolean isGiven() {
    return !addresses.isEmpty();
  }

  /** The device of a task in TensorFlow's words, without its type. */
  static String device(int task) {
    return "/job:%s/replica:0/task:%d".formatted(job(), task);
  }

  /** The job's name has the version, so that TensorFlow refuses workers of another. */
  static String job() {
    return "tsugiki_" + TensorFlow.version().replaceAll("[^A-Za-z0-9]", "_");
  }

  /** The cluster in TensorFlow's words. */
  ClusterDef definition() {
    JobDef.Builder job = JobDef.newBuilder().setName(job());
    IntStream.range(0, tasks()).forEach(task -> job.putTasks(task, addresses.get(task)));
    return ClusterDef.newBuilder().addJob(job).build();
  }

  /**
   * Refuses hosts that no one knows.
   *
   * @throws BadInputException if there is one
   */
  void refuseUnknownHosts() {
    for (String address : addresses) {
      try {
        InetAddress.getByName(checked(address).getHost());
      } catch (UnknownHostException e) {
        throw new BadInputException(
            "⟨cluster⟩ has the host %s, which is not known here; check its name"
                .formatted(checked(address).getHost()),
            e);
      }
    }
  }

  /**
   * Refuses a port that another process has.
   *
   * @param task whose port it is
   * @throws BadInputException if it is in use
   */
  void refuseTakenPort(int task) {
    int port = checked(addresses.get(task)).getPort();
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw new BadInputException(
          "⟨cluster⟩ has the port %d for this process, which another one uses; end that one, or give another port"
              .formatted(port),
          e);
    }
  }

  /** The workers that nothing answers for. */
  public List<String> missing() {
    return addresses.stream().skip(1).filter(address -> !answers(checked(address))).toList();
  }

  private static boolean answers(HostAndPort address) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
