package tsugiki.pretrained;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A web server on this machine with one file, {@code /file}, and every fault that one may have. */
public final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final List<String> ranges = new ArrayList<>();
  private final Deque<Integer> cuts = new ArrayDeque<>();
  private byte[] content;
  private String version = "\"1\"";
  private boolean ranged = true;
  private int status = 200;
  private String location = "/file";
  private int announcedMore;

  public FileServer(byte[] content) {
    this.content = content;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/file", this::answer);
    server.createContext("/moved", this::redirect);
    server.start();
  }

  /** Where a path of it is. */
  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Answers break off after so many bytes, one after the other; those after them do not. */
  FileServer breakingOff(int... after) {
    for (int each : after) {
      cuts.add(each);
    }
    return this;
  }

  FileServer content(byte[] other, String itsVersion) {
    content = other;
    version = itsVersion;
    return this;
  }

  FileServer withoutRanges() {
    ranged = false;
    return this;
  }

  FileServer withoutVersions() {
    version = null;
    return this;
  }

  FileServer status(int other) {
    status = other;
    return this;
  }

  /** Says that so many bytes more will come than do. */
  FileServer announcingMore(int bytes) {
    announcedMore = bytes;
    return this;
  }

  FileServer redirectingTo(String address) {
    location = address;
    return this;
  }

  /** The ranges that it was asked for, "" for the whole. */
  List<String> ranges() {
    return ranges;
  }

  private void redirect(HttpExchange call) throws IOException {
    call.getResponseHeaders().set("Location", location);
    call.sendResponseHeaders(302, -1);
    call.close();
  }

  private void answer(HttpExchange call) throws IOException {
    String range = call.getRequestHeaders().getFirst("Range");
    ranges.add(range == null ? "" : range);
    if (status != 200) {
      call.sendResponseHeaders(status, -1);
      call.close();
      return;
    }
    int from = 0;
    if (version != null) {
      call.getResponseHeaders().set("ETag", version);
    }
    boolean same = String.valueOf(version).equals(call.getRequestHeaders().getFirst("If-Range"));
    if (ranged && range != null && same) {
      from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
      if (from >= content.length) {
        call.sendResponseHeaders(416, -1);
        call.close();
        return;
      }
      call.getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    int length = content.length - from;
    int sent = cuts.isEmpty() ? length : Math.min(length, cuts.pop());
    call.sendResponseHeaders(from > 0 ? 206 : 200, length + announcedMore);
    OutputStream body = call.getResponseBody();
    body.write(content, from, sent);
    body.flush();
    if (sent < length + announcedMore) {
      throw new IOException("broken off"); // Whereupon the connection is closed.
    }
    call.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
