package tsugiki.cli;

import com.google.common.base.CaseFormat;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;
import tsugiki.base.SystemRefusal;
import tsugiki.train.StoppedException;

/** What the user reads when a verb cannot do its work, and the exit code that goes with it. */
final class Failures {
  /** What no message of this program is thrown with. */
  private static final List<Class<? extends RuntimeException>> MISTAKES =
      List.of(
          NullPointerException.class,
          IndexOutOfBoundsException.class,
          ClassCastException.class,
          ArithmeticException.class,
          NegativeArraySizeException.class,
          NoSuchElementException.class);

  /** What shells say of a program that Ctrl-C has ended. */
  private static final int INTERRUPTED = 130;

  private Failures() {}

  /**
   * A flag that does not exist, lacks its value or does not parse: one sentence and where to look.
   *
   * @return 2
   */
  static int onWrongUsage(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    if (e.getCause() instanceof BadInputException badInput) {
      // From a flag's own check, as in ResultOptions.
      return report(badInput, err, Tsugiki.isVerbose(line));
    }
    err.println("tsugiki: " + sentence(e.getMessage()));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.printf("Try '%s --help'.%n", line.getCommandSpec().qualifiedName());
    err.flush();
    return ExitCode.USAGE;
  }

  /**
   * Anything that a verb throws.
   *
   * @return 2 for bad input, otherwise 1
   */
  static int onException(Exception e, CommandLine line, ParseResult parsed) {
    return report(e, line.getErr(), Tsugiki.isVerbose(line));
  }

  /**
   * Prints what went wrong. Bad input is the user's to mend, so a sentence is all that is printed;
   * a disk that is full or read-only, or a file that this user may not open, is no fault of the
   * input. Of anything else the stack trace is printed if it was asked for. If a run has begun, the
   * stack trace goes to its log in any case.
   *
   * @param failure what was thrown
   * @param err where the user reads
   * @param verbose whether to print the stack trace
   * @return the exit code: 2 for bad input, 130 for a training that was stopped, otherwise 1
   */
  static int report(Throwable failure, PrintWriter err, boolean verbose) {
    Optional<Path> log = Logs.keep(failure);
    boolean badInput =
        isTooLarge(failure)
            || failure instanceof BadInputException && !SystemRefusal.ofMachine(failure);
    err.println("tsugiki: " + describe(failure) + remedy(failure));
    if (failure instanceof StoppedException) {
      err.flush();
      return INTERRUPTED;
    }
    if (verbose) {
      failure.printStackTrace(err);
    } else if (!badInput) {
      err.println(
          log.map(file -> "The details are in " + file + ".")
              .orElse("Run it again with --verbose for the details."));
    }
    err.flush();
    return badInput ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /** An argument as it is typed: {@code --batch-size} for {@code batchSize}. */
  static String flag(String argument) {
    return "--" + CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_HYPHEN, argument);
  }

  /** What happened, in words; the classes of Java and of libraries are for the log. */
  private static String describe(Throwable failure) {
    if (failure instanceof BadInputException bad) {
      return bad.message(Failures::flag);
    }
    if (failure instanceof UncheckedIOException e
        && e.getCause().toString().equals(e.getMessage())) {
      return describe(e.getCause());
    }
    if (failure instanceof FileSystemException e && e.getFile() != null) {
      return e.getFile() + ": " + Reason.of(e);
    }
    if (failure instanceof OutOfMemoryError || failure instanceof TFResourceExhaustedException) {
      return "memory ran out (%s); take smaller batches, images or networks"
          .formatted(Reason.of(failure));
    }
    if (isTooLarge(failure)) {
      return "a size that was given is too large for any machine; take fewer channels, smaller images"
          + " or a smaller batch";
    }
    if (failure instanceof LinkageError) {
      return "a library could not be loaded (%s)".formatted(Reason.of(failure));
    }
    if (failure instanceof Error || MISTAKES.stream().anyMatch(kind -> kind.isInstance(failure))) {
      return "a mistake in the program (%s); please report it".formatted(Reason.of(failure));
    }
    return Reason.of(failure);
  }

  /** Whether a product of sizes has no number. */
  private static boolean isTooLarge(Throwable failure) {
    return failure instanceof ArithmeticException && Reason.of(failure).contains("overflow");
  }

  private static String remedy(Throwable failure) {
    // A message about bad input says what to do.
    if (failure instanceof BadInputException || !SystemRefusal.full(failure)) {
      return "";
    }
    return "; make room on the disk, then "
        + Logs.run().map(run -> "go on with --resume " + run).orElse("try again");
  }

  private static String sentence(String message) {
    return message.lines().findFirst().orElse("");
  }
}
