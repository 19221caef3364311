package tsugiki.cluster;

import com.google.common.net.HostAndPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * Who gives the executors: this process, or a cluster.
 *
 * @param url as the user wrote it
 */
record SparkMaster(String url) {
  private static final String STANDALONE = "spark://";
  private static final Pattern LOCAL = Pattern.compile("local(\\[([1-9]\\d{0,3}|\\*)])?");
  private static final int CONNECT_MS = 5000;

  /**
   * Reads it.
   *
   * @throws BadInputException if it is no word for a master
   */
  static SparkMaster of(String url) {
    SparkMaster master = new SparkMaster(url);
    if (!master.local() && !master.standalone()) {
      // Kubernetes and YARN come with spark-submit's own libraries, which check the rest.
      if (!url.equals(System.getProperty("spark.master"))) {
        throw new BadInputException(
            "⟨master⟩ '%s' is no master; write local[*], local[N] or spark://HOST:PORT, or start the program by spark-submit, which knows others"
                .formatted(url));
      }
    }
    if (master.standalone()) {
      master.addresses();
    }
    return master;
  }

  /** Whether the executors are threads of this process. */
  boolean local() {
    return LOCAL.matcher(url).matches();
  }

  private boolean standalone() {
    return url.startsWith(STANDALONE);
  }

  private List<HostAndPort> addresses() {
    try {
      return Arrays.stream(url.substring(STANDALONE.length()).split(",", -1))
          .map(HostAndPort::fromString)
          .peek(HostAndPort::getPort)
          .toList();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new BadInputException(
          "⟨master⟩ '%s' names no host and port; write spark://HOST:PORT".formatted(url), e);
    }
  }

  /** Whether nothing but this machine takes part. */
  boolean here() {
    return local()
        || standalone()
            && addresses().stream()
                .allMatch(
                    address -> {
                      try {
                        return InetAddress.getByName(address.getHost()).isLoopbackAddress();
                      } catch (UnknownHostException e) {
                        return false;
                      }
                    });
  }

  /**
   * Calls the masters of a standalone cluster, since Spark itself tries for minutes.
   *
   * @throws BadInputException if none answers
   */
  void requireAnswer() {
    if (!standalone()) {
      return;
    }
    BadInputException refusal = null;
    for (HostAndPort address : addresses()) {
      try (Socket socket = new Socket()) {
        InetAddress host = InetAddress.getByName(address.getHost());
        socket.connect(new InetSocketAddress(host, address.getPort()), CONNECT_MS);
        return;
      } catch (UnknownHostException e) {
        refusal =
            new BadInputException(
                "⟨master⟩ %s: no machine of the name %s is known; check the name"
                    .formatted(url, address.getHost()),
                e);
      } catch (IOException e) {
        refusal =
            new BadInputException(
                "⟨master⟩ %s does not answer (%s); start the master, or check host and port"
                    .formatted(url, Reason.of(e)),
                e);
      }
    }
    throw refusal;
  }
}
