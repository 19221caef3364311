package tsugiki.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import tsugiki.base.BadInputException;
import tsugiki.base.Bars;
import tsugiki.base.Environment;
import tsugiki.runtime.Device;
import tsugiki.savedmodel.TrustedModels;
import tsugiki.train.Interruption;

/** The program: finds the verb, runs it, and turns its end into an exit code. */
@Command(
    name = "tsugiki",
    description = {
      "Grows new image generators from little data: a pre-trained generator is the rootstock,"
          + " your photographs are the scion."
    },
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    footer = {
      "",
      "tsugiki VERB --help says what a verb takes. --images, --data and --real mean the same where a",
      "verb has one of them, and so do --model and --generator."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage or bad input",
      "130:stopped by Ctrl-C; a training or study has saved its work and says how to go on"
    },
    versionProvider = Tsugiki.Version.class,
    subcommands = {
      GraftCommand.class,
      TrainCommand.class,
      SingleCommand.class,
      StudyCommand.class,
      AugmentCommand.class,
      GenerateCommand.class,
      InvertCommand.class,
      InterpolateCommand.class,
      FeaturesCommand.class,
      ScoreCommand.class,
      InspectCommand.class,
      ExportCommand.class,
      ServeCheckCommand.class,
      FetchCommand.class,
      ImportCommand.class,
      BenchCommand.class,
      WorkerCommand.class,
      ClusterCommand.class,
      CompletionCommand.class,
      DevicesCommand.class
    })
public final class Tsugiki {
  /** The flag that shows details. */
  static final String VERBOSE = "--verbose";

  private static final int HELP_WIDTH = 100;

  /** The least that picocli takes. */
  private static final int LEAST_HELP_WIDTH = 55;

  /** How wide the terminal is, as the launcher says it. */
  private static final String COLUMNS = "tsugiki.columns";

  /** Where the launcher wants this program's own errors. */
  private static final String ERR = "tsugiki.err";

  /** What {@code logback.xml} begins every line with. */
  private static final String CLEAR = "tsugiki.clear";

  /** Where Logback looks for its configuration. */
  private static final String LOG = "logback.configurationFile";

  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Log more, and show the stack trace of a failure.")
  private boolean verbose;

  /** A setter, so that it counts before a verb opens the model. */
  @Option(
      names = "--trust",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Run the graph of this model although it does more than compute, such as reading files;"
              + " repeatable.")
  void trust(Path[] models) {
    Stream.of(models).forEach(TrustedModels::add);
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and exit.")
  private boolean version;

  /**
   * Runs the program and ends the process: 0 done, 1 failed, 2 wrong usage or bad input.
   *
   * @param args the verb and its flags
   */
  public static void main(String[] args) {
    // Before the first logger. Not at the root of the jar, where a program that has this one as a
    // library would take it for its own.
    System.getProperties().putIfAbsent(LOG, "tsugiki/cli/logback.xml");
    Optional.ofNullable(System.getProperty(ERR)).ifPresent(Tsugiki::writeErrorsTo);
    Bars.allow();
    if (Bars.wanted()) {
      System.setProperty(CLEAR, Bars.CLEAR);
    }
    Interruption.finishStepsAtExit(sentence -> System.err.println("tsugiki: " + sentence));
    int code = run(commandLine(), args);
    Interruption.programEnds();
    System.exit(code);
  }

  /**
   * The launcher filters what libraries write to standard error, and hands out another descriptor
   * for Java's own lines. The descriptor is taken as it is: opened by its path, a file would be
   * written at a place of its own, and lines of standard output would go over those of errors.
   *
   * @param descriptor its number
   */
  static void writeErrorsTo(String descriptor) {
    try {
      Constructor<FileDescriptor> numbered = FileDescriptor.class.getDeclaredConstructor(int.class);
      numbered.setAccessible(true);
      FileDescriptor open = numbered.newInstance(Integer.parseInt(descriptor));
      System.setErr(new PrintStream(new FileOutputStream(open), true));
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      // A Java that keeps its descriptors closed: standard error itself will do.
    }
  }

  /**
   * The command line with every verb, ready to be run by {@link #run}.
   *
   * @return a new command line that prints to standard output and standard error
   */
  static CommandLine commandLine() {
    return configure(new CommandLine(new Tsugiki()));
  }

  /**
   * Gives a command line and all its verbs what they share: how enums are read, the sections of the
   * help, and what happens to failures. Of a flag given twice the last value counts; a flag that
   * takes a list goes on with it.
   */
  static CommandLine configure(CommandLine line) {
    line.registerConverter(Device.class, Choice.of(Device.class))
        .registerConverter(CompletionCommand.Shell.class, Choice.of(CompletionCommand.Shell.class))
        .registerConverter(OutputFile.class, OutputFile::of)
        .registerConverter(Seeds.class, Seeds::of);
    HelpSections.register(line);
    Examples.register(line);
    return line.setOverwrittenOptionsAllowed(true)
        .setUsageHelpWidth(helpWidth())
        .setExecutionStrategy(Tsugiki::execute)
        .setParameterExceptionHandler(Failures::onWrongUsage)
        .setExecutionExceptionHandler(Failures::onException);
  }

  /** As wide as the terminal, where that is narrower than the usual width. */
  private static int helpWidth() {
    int columns = Integer.getInteger(COLUMNS, HELP_WIDTH);
    return Math.max(LEAST_HELP_WIDTH, Math.min(HELP_WIDTH, columns));
  }

  /**
   * Runs one verb.
   *
   * @param line a command line of {@link #commandLine}
   * @param args the verb and its flags
   * @return the exit code; nothing is thrown
   */
  static int run(CommandLine line, String... args) {
    try {
      return line.execute(FlagAliases.resolved(line, args));
    } catch (Error e) {
      // picocli passes errors on: memory that ran out, a native library that does not fit.
      PrintWriter err = line.getErr();
      return Failures.report(e, err, isVerbose(line));
    }
  }

  static boolean isVerbose(CommandLine line) {
    return line.getCommandSpec().root().userObject() instanceof Tsugiki tsugiki && tsugiki.verbose;
  }

  private static int execute(CommandLine.ParseResult parsed) {
    Logs.begin(parsed.originalArgs());
    if (isVerbose(parsed.commandSpec().commandLine())) {
      Logs.verbose();
    }
    try {
      ResultOptions.refuseOther(parsed);
    } catch (BadInputException e) {
      throw new ParameterException(parsed.commandSpec().commandLine(), e.getMessage(), e);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Environment.program(), Environment.java()};
    }
  }
}
