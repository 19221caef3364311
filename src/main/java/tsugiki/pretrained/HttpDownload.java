package tsugiki.pretrained;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.TimeoutException;
import tsugiki.base.BadInputException;
import tsugiki.pretrained.Download.ProgressListener;

/**
 * A download by HTTPS into a part. A transfer that breaks off goes on where it stopped, by {@code
 * Range} and {@code If-Range}, in at most five attempts; a server that answered once may be away or
 * fail in later ones. The proxy is that of Java's system properties ({@code https.proxyHost}).
 */
final class HttpDownload {
  private static final int ATTEMPTS = 5;
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final PublishedFile published;
  private final Path part;
  private final Path version;
  private final ProgressListener listener;
  private final Duration pause;
  private final Duration silence;
  private final HttpClient client;
  private long total = -1;

  /**
   * Prepares a download.
   *
   * @param part where the bytes go
   * @param version where the ETag or date of the part's version of the file is kept
   * @param pause between two attempts
   * @param silence how long a server may send nothing
   */
  HttpDownload(
      PublishedFile published,
      Path part,
      Path version,
      ProgressListener listener,
      Duration pause,
      Duration silence) {
    this.published = published;
    this.part = part;
    this.version = version;
    this.listener = listener;
    this.pause = pause;
    this.silence = silence;
    // NORMAL follows no redirect from HTTPS to HTTP, and none to another scheme.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(silence)
            .build();
  }

  /** With the usual limit on silence. */
  HttpDownload(
      PublishedFile published, Path part, Path version, ProgressListener listener, Duration pause) {
    this(published, part, version, listener, pause, SILENCE);
  }

  /**
   * Completes the part.
   *
   * @param out the part, open for writing
   * @return the byte from which the first attempt went on
   * @throws BadInputException if the server cannot be reached, refuses, or breaks off too often
   * @throws IOException if the part cannot be written
   */
  long fill(FileChannel out) throws IOException {
    requireSafe(published.address());
    long first = -1;
    for (int attempt = 1; ; attempt++) {
      String trouble;
      try {
        Answer answer = answer(out);
        first = first < 0 ? answer.from() : first;
        trouble = receive(answer, out);
      } catch (NoAnswer e) {
        if (attempt == 1) {
          throw e.refusal();
        }
        trouble = e.getMessage();
      }
      if (trouble.isEmpty()) {
        return first;
      }
      if (attempt == ATTEMPTS) {
        throw new BadInputException(
            "the download of %s broke off after %d%s bytes (%s); run it again to go on from there"
                .formatted(
                    published.address(), out.size(), total < 0 ? "" : " of " + total, trouble));
      }
      pause();
    }
  }

  /**
   * A usable response.
   *
   * @param from the first byte that it sends
   * @param total bytes of the whole file, or −1
   * @param validator the ETag or date of this version of the file; empty without one
   */
  private record Answer(
      long from, long total, String validator, Publisher<List<ByteBuffer>> body) {}

  private Answer answer(FileChannel out) throws IOException, NoAnswer {
    String known = Files.isRegularFile(version) ? Files.readString(version) : "";
    long have = known.isEmpty() ? 0 : out.size();
    HttpResponse<Publisher<List<ByteBuffer>>> response = send(have, known);
    int status = response.statusCode();
    String range = response.headers().firstValue("Content-Range").orElse("");
    boolean follows = have > 0 && status == PARTIAL && range.startsWith("bytes " + have + "-");
    if (have > 0 && !follows && (status == PARTIAL || status == RANGE_NOT_SATISFIABLE)) {
      discard(response);
      have = 0;
      response = send(0, "");
      status = response.statusCode();
    }
    if (follows) {
      return new Answer(have, total(range), known, response.body());
    }
    if (status != OK) {
      discard(response);
      throw NoAnswer.refused(response);
    }
    long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    return new Answer(0, length, validator(response), response.body());
  }

  private HttpResponse<Publisher<List<ByteBuffer>>> send(long have, String known) throws NoAnswer {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(published.address())
            .timeout(silence)
            .header("Accept-Encoding", "identity");
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-").header("If-Range", known);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofPublisher());
    } catch (IOException e) {
      throw NoAnswer.unreachable(published.address(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw NoAnswer.unreachable(published.address(), e).refusal();
    }
  }

  private static void discard(HttpResponse<Publisher<List<ByteBuffer>>> response) {
    response.body().subscribe(BodySubscribers.discarding());
  }

  /** Returns what broke it off, or an empty string. */
  private String receive(Answer answer, FileChannel out) throws IOException {
    total = answer.total();
    PartWriter writer = new PartWriter(out, total, published.most(), listener);
    out.truncate(answer.from());
    out.position(answer.from());
    if (published.bytes() > 0 && total >= 0 && total != published.bytes()) {
      throw new BadInputException(
          "%s offers %d bytes where %d are expected; it is not the file that was published"
              .formatted(published.address(), total, published.bytes()));
    }
    if (total > published.most()) {
      throw tooLong(out);
    }
    requireRoom(total - answer.from());
    Files.writeString(version, answer.validator());
    answer.body().subscribe(writer);
    Throwable broken = writer.await(silence.toMillis());
    if (writer.tooLong()) {
      throw tooLong(out);
    }
    if (broken instanceof TimeoutException) {
      return "the server sends nothing any more";
    }
    if (broken != null) {
      return "the server closed the connection: " + broken.getMessage();
    }
    return total >= 0 && out.position() < total ? "the server closed the connection" : "";
  }

  /** Keeps nothing of it. */
  private BadInputException tooLong(FileChannel out) throws IOException {
    out.truncate(0);
    return new BadInputException(
        "%s sends more than the %d bytes that this file may have; it is not the file that was published"
            .formatted(published.address(), published.most()));
  }

  private void requireRoom(long bytes) throws IOException {
    long room = Files.getFileStore(part).getUsableSpace();
    if (bytes > room) {
      throw new BadInputException(
          "%s needs %d MB more than the %d MB that are free; make room, or set TSUGIKI_CACHE"
              .formatted(part, (bytes - room >> 20) + 1, room >> 20));
    }
  }

  private void pause() {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** HTTPS; and plain HTTP within this machine, as tests have it. */
  private static void requireSafe(URI address) {
    boolean safe =
        "https".equalsIgnoreCase(address.getScheme())
            || "http".equalsIgnoreCase(address.getScheme()) && LOOPBACK.contains(address.getHost());
    if (!safe) {
      throw new BadInputException(
          address + " is no HTTPS address; get the file by hand, and check where it comes from");
    }
  }

  /** A strong ETag, or a date; If-Range takes no weak ETag. */
  private static String validator(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> response.headers().firstValue("Last-Modified"))
        .orElse("");
  }

  private static long total(String range) {
    String total = range.substring(range.indexOf('/') + 1);
    return total.matches("[0-9]{1,18}") ? Long.parseLong(total) : -1;
  }
}
