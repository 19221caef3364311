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
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on this machine with one file, {@code /file}, and the faults that servers have. */
public final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Integer> cuts = new ArrayDeque<>();
  private final Deque<Integer> troubles = new ArrayDeque<>();
  private byte[] content;
  private String version = "\"1\"";
  private boolean ranged = true;
  private int status = 200;
  private String location = "/file";
  private long announcedMore;
  private boolean withLength = true;
  private int stall = -1;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  public FileServer(byte[] content) {
    this.content = content;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/file", this::answer);
    server.createContext("/moved", this::redirect);
    server.setExecutor(threads);
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

  /**
   * After its first answer it has so many that are errors, one after the other.
   *
   * @param statuses of HTTP; 0 is none, by which the connection fails at once: one that is closed
   *     without a word is tried again by the client itself
   */
  FileServer troubledBy(int... statuses) {
    for (int each : statuses) {
      troubles.add(each);
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

  /** The first answer sends so many bytes and then nothing, until the server is closed. */
  FileServer stallingAfter(int bytes) {
    stall = bytes;
    return this;
  }

  /** Says that so many bytes more will come than do. */
  FileServer announcingMore(long bytes) {
    announcedMore = bytes;
    return this;
  }

  /** Does not say how many bytes will come. */
  FileServer withoutLength() {
    withLength = false;
    return this;
  }

  FileServer redirectingTo(String address) {
    location = address;
    return this;
  }

  /** The ranges that it was asked for, "" for the whole. */
  public List<String> ranges() {
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
    boolean troubled = ranges.size() > 1 && !troubles.isEmpty();
    int code = troubled ? troubles.pop() : status;
    if (code != 200) {
      call.sendResponseHeaders(code, -1);
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
    // 0 sends pieces until the end.
    call.sendResponseHeaders(from > 0 ? 206 : 200, withLength ? length + announcedMore : 0);
    OutputStream body = call.getResponseBody();
    if (stall >= 0) {
      body.write(content, from, stall);
      body.flush();
      stall = -1;
      await();
      return;
    }
    body.write(content, from, sent);
    body.flush();
    if (sent < length + announcedMore) {
      throw new IOException("broken off"); // Whereupon the connection is closed.
    }
    call.close();
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    threads.shutdownNow();
    server.stop(0);
  }
}
