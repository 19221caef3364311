package tsugiki.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;

/** The result of a verb: what it prints, and the flag {@code --json}; a picocli mixin. */
final class ResultOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  private static final String JSON = "--json";

  private static final Path STANDARD_OUTPUT = Path.of("-");

  /** Means the same, and as a file it would mix the object with the printed lines. */
  private static final Path STANDARD_DEVICE = Path.of("/dev/stdout");

  private Path json;

  /** A setter, so that a file which cannot be written is known before the work and not after it. */
  @Option(
      names = JSON,
      paramLabel = "FILE",
      description =
          "Write the result to this file as one JSON object; - writes it to standard output, and nothing else there.")
  void setJson(Path given) {
    Path file = given.equals(STANDARD_DEVICE) ? STANDARD_OUTPUT : given;
    if (!file.equals(STANDARD_OUTPUT) && !AtomicFile.isWritable(file)) {
      throw new BadInputException(
          "--json " + file + " is not a file that can be written; name another.");
    }
    json = file;
  }

  /**
   * Refuses a file for the result that another flag names, too: the result would take its place.
   *
   * @param parsed what was typed
   * @throws BadInputException naming the other flag
   */
  static void refuseOther(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult verb = parsed;
    while (verb.hasSubcommand()) {
      verb = verb.subcommand();
    }
    OptionSpec result = verb.matchedOption(JSON);
    if (result == null) {
      return;
    }
    Path file = place(result.<Path>getValue());
    for (OptionSpec other : verb.matchedOptionsSet()) {
      Object value = other.getValue() instanceof OutputFile out ? out.path() : other.getValue();
      if (value instanceof Path path && other != result && place(path).equals(file)) {
        throw new BadInputException(
            "--json %s is also %s; name another".formatted(path, other.longestName()));
      }
    }
  }

  private static Path place(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /**
   * Prints a line of the result for the user; on standard error where the object itself goes to
   * standard output.
   *
   * @param format as {@link String#format} takes it
   */
  void print(String format, Object... values) {
    boolean aside = STANDARD_OUTPUT.equals(json);
    PrintWriter out = aside ? verb.commandLine().getErr() : verb.commandLine().getOut();
    out.printf(Locale.ROOT, format + "%n", values);
    out.flush();
  }

  /**
   * Writes the result if the user asked for it.
   *
   * @param result a record or map; its names become snake case
   * @throws UncheckedIOException if it cannot be written; a file is whole or not there
   */
  void write(Object result) {
    if (json == null) {
      return;
    }
    if (json.equals(STANDARD_OUTPUT)) {
      PrintWriter out = verb.commandLine().getOut();
      out.println(Json.text(result));
      out.flush();
      // The writer does not ask the stream beneath it.
      if (out.checkError() || System.out.checkError()) {
        throw new UncheckedIOException(
            new IOException("Cannot write the result to standard output"));
      }
    } else {
      AtomicFile.write(json, Json.text(result) + "\n");
    }
  }

  /** The mapper; apart, so that a verb that only shows its help does not load it. */
  private static final class Json {
    static final ObjectMapper MAPPER =
        new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT);

    static String text(Object result) {
      try {
        return MAPPER.writeValueAsString(result);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(result + " does not make JSON", e);
      }
    }
  }
}
