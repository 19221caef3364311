package tsugiki.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * A Chromium without a window that shows pages as a phone does, and tells by its DevTools protocol
 * what it made of them.
 */
public final class Browser implements AutoCloseable {
  /** The width of the phone in pixels. */
  public static final int PHONE = 390;

  private static final int HEIGHT = 844;
  private static final int PATIENCE_SECONDS = 90;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What needs no network: the page itself, and what lies within it. */
  private static final List<String> OWN = List.of("file:", "data:", "about:");

  private final Path profile;
  private final Process process;
  private final AtomicInteger sent = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final WebSocket socket;
  private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

  private Browser(Path profile, Process process) throws IOException, InterruptedException {
    this.profile = profile;
    this.process = process;
    HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    String port = awaited(this::port);
    String page = awaited(() -> page(client, port));
    socket = now(client.newWebSocketBuilder().buildAsync(URI.create(page), new Ear()));
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      ask(domain + ".enable", Map.of());
    }
    Map<String, Object> phone =
        Map.of("width", PHONE, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", true);
    ask("Emulation.setDeviceMetricsOverride", phone);
  }

  /** Starts one; where there is none, the test is skipped. */
  public static Browser open() {
    Optional<Path> program =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(":")).map(path -> Path.of(path, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        program.isPresent(),
        "no chromium, chromium-browser or google-chrome on the PATH: what a browser makes of a page is not tested");
    try {
      Path profile = Files.createTempDirectory("tsugiki-browser");
      Process process =
          new ProcessBuilder(
                  program.get().toString(),
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--no-first-run",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile,
                  "about:blank")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return new Browser(profile, process);
      } catch (IOException | InterruptedException | RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String awaited(Callable<Optional<String>> something)
      throws IOException, InterruptedException {
    for (int i = 0; i < PATIENCE_SECONDS * 20; i++) {
      try {
        Optional<String> found = something.call();
        if (found.isPresent()) {
          return found.get();
        }
      } catch (IOException | InterruptedException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("Chromium does not start");
  }

  /** The port that it has taken, which it writes into its profile. */
  private Optional<String> port() throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return lines.size() > 1 ? Optional.of(lines.get(0)) : Optional.empty();
  }

  /** Where its first page can be talked to. */
  private static Optional<String> page(HttpClient client, String port)
      throws IOException, InterruptedException {
    URI list = URI.create("http://127.0.0.1:%s/json/list".formatted(port));
    String targets =
        client
            .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    return JSON.readTree(targets)
        .valueStream()
        .filter(target -> target.path("type").asText().equals("page"))
        .map(target -> target.path("webSocketDebuggerUrl").asText())
        .findFirst();
  }

  /** Hears what the browser says: answers to what it was asked, and what happens. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        hear(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void hear(String message) {
    try {
      JsonNode said = JSON.readTree(message);
      if (said.has("id")) {
        answers.remove(said.get("id").asInt()).complete(said);
        return;
      }
      events.add(said);
      if (said.path("method").asText().equals("Page.loadEventFired")) {
        loaded.complete(null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode ask(String method, Map<String, ?> parameters) {
    int id = sent.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    try {
      Map<String, Object> message = Map.of("id", id, "method", method, "params", parameters);
      now(socket.sendText(JSON.writeValueAsString(message), true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonNode said = now(answer);
    if (said.has("error") || said.at("/result").has("exceptionDetails")) {
      throw new IllegalStateException(method + ": " + said);
    }
    return said.get("result");
  }

  private static <T> T now(CompletableFuture<T> awaited) {
    try {
      return awaited.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens a page, and waits until its scripts have read all pictures. */
  public void show(Path page) {
    events.clear();
    loaded = new CompletableFuture<>();
    ask("Page.navigate", Map.of("url", page.toUri().toString()));
    now(loaded);
    evaluate(
        "Promise.allSettled([...document.images].map(i => i.decode())).then(() => new Promise(done => setTimeout(done)))");
  }

  /** The value of an expression of JavaScript on the page, or what its promise comes to. */
  public JsonNode evaluate(String expression) {
    Map<String, Object> how =
        Map.of("expression", expression, "awaitPromise", true, "returnByValue", true);
    return ask("Runtime.evaluate", how).at("/result/value");
  }

  /** The width that the page needs, in pixels, with all that is folded opened. */
  public int width() {
    evaluate("document.querySelectorAll('details').forEach(part => part.open = true)");
    return evaluate("document.documentElement.scrollWidth").asInt();
  }

  /**
   * Presses an arrow key.
   *
   * @param key {@code ArrowLeft} or {@code ArrowRight}
   */
  public void press(String key) {
    int code = key.equals("ArrowLeft") ? 37 : 39;
    for (String type : List.of("rawKeyDown", "keyUp")) {
      ask(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
    }
  }

  /**
   * What a part of the page looks like.
   *
   * @param element an expression of JavaScript that gives it
   * @return a PNG file in Base64
   */
  public String picture(String element) {
    JsonNode place =
        evaluate(
            "(() => { const r = (%s).getBoundingClientRect(); return {x: r.x + scrollX, y: r.y + scrollY, width: r.width, height: r.height, scale: 1}; })()"
                .formatted(element));
    Map<String, Object> how = Map.of("format", "png", "captureBeyondViewport", true, "clip", place);
    return ask("Page.captureScreenshot", how).get("data").asText();
  }

  /** The addresses beyond the page's own file that it asked for. */
  public List<String> requests() {
    return events.stream()
        .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.at("/params/request/url").asText())
        .filter(url -> OWN.stream().noneMatch(url::startsWith))
        .toList();
  }

  /** What the page or the browser wrote to the console, and the exceptions of scripts. */
  public List<String> complaints() {
    List<String> kinds =
        List.of("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded");
    return events.stream()
        .filter(event -> kinds.contains(event.path("method").asText()))
        .map(JsonNode::toString)
        .toList();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    FileUtils.deleteQuietly(profile.toFile());
  }
}
