package tsugiki.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/** The result of a verb: what it prints, and the flag {@code --json}; a picocli mixin. */
final class ResultOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  private Path json;

  /** A setter, so that a file which cannot be written is known before the work and not after it. */
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result to this file as one JSON object.")
  void setJson(Path file) {
    if (!OutputFile.isWritable(file)) {
      throw new BadInputException(
          "--json " + file + " is not a file that can be written; name another.");
    }
    json = file;
  }

  /**
   * Prints a line of the result for the user.
   *
   * @param format as {@link String#format} takes it
   */
  void print(String format, Object... values) {
    PrintWriter out = verb.commandLine().getOut();
    out.printf(format + "%n", values);
    out.flush();
  }

  /**
   * Writes the result if the user asked for it.
   *
   * @param result a record or map; its names become snake case
   * @throws BadInputException if the file cannot be written
   */
  void write(Object result) {
    if (json == null) {
      return;
    }
    try {
      FileUtils.createParentDirectories(json.toFile());
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(json.toFile(), result);
    } catch (IOException e) {
      throw new BadInputException(
          "--json " + json + " cannot be written (" + Reason.of(e) + "); name another file.", e);
    }
  }
}
