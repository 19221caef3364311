package tsugiki.pretrained;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tsugiki.base.BadInputException;

/**
 * One answer of a web server to the wish for a file, or for what is left of it.
 *
 * @param connection open, its body not yet read
 * @param from the first byte that it sends
 * @param total bytes of the whole file as it says, or −1
 * @param validator what tells this version of the file from others, empty where there is nothing
 */
record Transfer(HttpURLConnection connection, long from, long total, String validator)
    implements AutoCloseable {
  private static final int MOST_REDIRECTS = 8;
  private static final int SILENCE_MILLIS = 60_000;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /**
   * Asks for a file.
   *
   * @param have bytes that are here already
   * @param version the validator that they came with
   * @throws IOException if there is no connection
   * @throws BadInputException if the server refuses
   */
  static Transfer open(URI address, long have, String version) throws IOException {
    URI at = address;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpURLConnection connection = connect(at, have, version);
      int status = connection.getResponseCode();
      if (REDIRECTS.contains(status)) {
        at = redirected(at, connection.getHeaderField("Location"));
        connection.disconnect();
      } else if (status == HttpURLConnection.HTTP_OK) {
        return new Transfer(connection, 0, connection.getContentLengthLong(), version(connection));
      } else if (status == HttpURLConnection.HTTP_PARTIAL && starts(connection, have)) {
        String range = connection.getHeaderField("Content-Range");
        return new Transfer(connection, have, total(range), version);
      } else if (have > 0
          && (status == RANGE_NOT_SATISFIABLE || status == HttpURLConnection.HTTP_PARTIAL)) {
        connection.disconnect();
        return open(address, 0, "");
      } else {
        throw refused(at, status);
      }
    }
    throw new BadInputException(
        address + " redirects without end; try later, or get the file by hand");
  }

  private static HttpURLConnection connect(URI at, long have, String version) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
    connection.setInstanceFollowRedirects(false); // It would not follow to another protocol.
    connection.setConnectTimeout(SILENCE_MILLIS);
    connection.setReadTimeout(SILENCE_MILLIS);
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (have > 0) {
      connection.setRequestProperty("Range", "bytes=" + have + "-");
      connection.setRequestProperty("If-Range", version);
    }
    return connection;
  }

  private static URI redirected(URI from, String location) {
    try {
      URI to = from.resolve(Optional.ofNullable(location).orElse(""));
      String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
      boolean safe =
          scheme.equals("https") || scheme.equals("http") && from.getScheme().equals("http");
      if (safe && location != null) {
        return to;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new BadInputException(
        "%s redirects to %s, which is no safe address; get the file by hand"
            .formatted(from, location));
  }

  private static BadInputException refused(URI at, int status) {
    String advice =
        status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_GONE
            ? "it has moved; get the file by hand and name it where it is used"
            : "try later, or get the file by hand";
    return new BadInputException("%s answers with HTTP %d; %s".formatted(at, status, advice));
  }

  /** A strong ETag, or a date; If-Range takes no weak ETag. */
  private static String version(HttpURLConnection connection) {
    String tag = connection.getHeaderField("ETag");
    if (tag != null && !tag.startsWith("W/")) {
      return tag;
    }
    return Optional.ofNullable(connection.getHeaderField("Last-Modified")).orElse("");
  }

  private static boolean starts(HttpURLConnection connection, long have) {
    String range = connection.getHeaderField("Content-Range");
    return range != null && range.startsWith("bytes " + have + "-");
  }

  private static long total(String range) {
    String total = range.substring(range.indexOf('/') + 1);
    return total.matches("[0-9]{1,18}") ? Long.parseLong(total) : -1;
  }

  InputStream body() throws IOException {
    return connection.getInputStream();
  }

  /** What keeps a connection from being, in words. */
  static String described(IOException e) {
    if (e instanceof UnknownHostException) {
      return "the server is not known here: there is no network, or no name service";
    }
    if (e instanceof ConnectException || e instanceof SocketTimeoutException) {
      return "the server does not answer";
    }
    return String.valueOf(e.getMessage());
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
