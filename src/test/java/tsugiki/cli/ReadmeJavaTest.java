package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.painting.PaintedShapes;

/**
 * The lines of Java in README.md, compiled and run as they stand there but for steps, paths and the
 * number of scored images.
 */
@Tag("slow")
class ReadmeJavaTest {
  private static final List<String> PACKAGES =
      List.of(
          "java.nio.file",
          "java.util",
          "tsugiki.gan",
          "tsugiki.graft",
          "tsugiki.report",
          "tsugiki.runtime",
          "tsugiki.savedmodel",
          "tsugiki.score",
          "tsugiki.train");

  @TempDir private Path folder;

  @Test
  void eachExampleTakesAboutTenLines() throws IOException {
    assertThat(examples()).hasSize(4);
    assertThat(examples()).allSatisfy(lines -> assertThat(lines.lines()).hasSizeBetween(5, 12));
  }

  @Test
  void theModelDrawsTheImageOfTheCommandLine() throws Exception {
    Path drawn = folder.resolve("drawn.png");
    run(examples().get(0).replace("drawn.png", drawn.toString()));

    Path out = folder.resolve("out");
    String[] words = {"--truncation", "0.4", "--seed", "7", "--count", "1", "--class", "0"};
    Program.run(
            Stream.concat(
                    Stream.of("generate", "--model", "savedmodels/starter-64", "--out", out),
                    Stream.of(words))
                .toArray())
        .succeeds();
    assertThat(Pixels.of(drawn)).isEqualTo(Pixels.of(out.resolve("000000.png")));
  }

  @Test
  void theGraftWritesAModel() throws Exception {
    FileUtils.copyFileToDirectory(
        Path.of("src/examples/painted-flowers/flower-00.png").toFile(), folder.toFile());
    FileUtils.copyFileToDirectory(
        Path.of("src/examples/painted-flowers/flower-01.png").toFile(), folder.toFile());

    String printed =
        run(
            examples()
                .get(1)
                .replace("src/examples/painted-flowers", folder.toString())
                .replace("runs/my-graft", folder.resolve("run").toString())
                .replace(
                    "        .finished",
                    "        .withWatch(GraftWatchOptions.defaults().withScoreImages(20))"
                        + ".withFinish(FinishOptions.defaults()"
                        + ".withFinishSteps(2).withFinishLatentSteps(2)).finished"));

    assertThat(folder.resolve("run/model/saved_model.pb")).isRegularFile();
    assertThat(printed).contains("model").contains("reconstruction_l1");
  }

  @Test
  void theTrainingWritesAModel() throws Exception {
    Path images = PaintedShapes.in(folder.resolve("images"), 2, 32);

    String printed =
        run(
            examples()
                .get(2)
                .replace("\"images\"", '"' + images.toString() + '"')
                .replace("runs/my-gan", folder.resolve("run").toString())
                .replace("withBatch(16)", "withBatch(2)")
                .replace("5_000", "1"));

    assertThat(folder.resolve("run/model/saved_model.pb")).isRegularFile();
    assertThat(printed).contains("loss_d");
  }

  @Test
  void theScoresAreATable() throws Exception {
    Path images = PaintedShapes.in(folder.resolve("images"), 2, 32);

    String printed =
        run(
            examples()
                .get(3)
                .replace("\"images\"", '"' + images.toString() + '"')
                .replace("\"generated\"", '"' + images.toString() + '"'));

    assertThat(printed).contains("kid").contains("kmmd");
  }

  private static List<String> examples() throws IOException {
    return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** Compiles lines as the body of a method, runs them, and returns what they print. */
  private String run(String lines) throws Exception {
    StringBuilder source = new StringBuilder();
    PACKAGES.forEach(name -> source.append("import ").append(name).append(".*;\n"));
    source.append("public class Example { public static void run() {\n").append(lines);
    source.append("} }\n");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream faults = new ByteArrayOutputStream();
    boolean compiled =
        compiler
            .getTask(
                new PrintWriter(faults, true, StandardCharsets.UTF_8),
                null,
                null,
                List.of("-d", classes.toString()),
                null,
                List.of(new Source(source.toString())))
            .call();
    assertThat(compiled).as(faults.toString(StandardCharsets.UTF_8)).isTrue();

    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader.loadClass("Example").getMethod("run").invoke(null);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Example.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
