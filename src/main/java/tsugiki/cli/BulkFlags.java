package tsugiki.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.cluster.BulkEngine;
import tsugiki.cluster.BulkOptions;
import tsugiki.cluster.BulkSession;
import tsugiki.runtime.Device;
import tsugiki.train.RunDirectory;

/** The flags of every verb whose work Spark can spread over machines; a picocli mixin. */
final class BulkFlags {
  /** What spark-submit says. */
  private static final String SUBMITTED = "spark.master";

  private static final RecordFlags<BulkOptions> ALL =
      RecordFlags.of(BulkOptions.defaults())
          // A setting may have commas.
          .option("sparkConf", option -> option.splitRegex(""));

  /** Shares of a study: enough for every executor that may come. */
  private static final int SHARES = 256;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  @Mixin private final FlagSection flags;

  /** All flags. */
  BulkFlags() {
    this(ALL);
  }

  private BulkFlags(RecordFlags<BulkOptions> flags) {
    this.flags = new FlagSection("bulk", flags);
  }

  /** Those of a study, whose trials have no images to be cut into parts. */
  static BulkFlags ofStudy() {
    return new BulkFlags(ALL.only("master", "sparkConf"));
  }

  /**
   * The options; without the flag, a program that spark-submit has started has its master.
   *
   * @throws tsugiki.base.BadInputException if a flag makes no sense, or has no effect since there
   *     is no master
   */
  BulkOptions options() {
    BulkOptions given = ALL.read(verb);
    BulkOptions options = given.given() ? given : given.withMaster(System.getProperty(SUBMITTED));
    UselessFlags.refuseUnless(options.given(), verb, ALL.names(), "--master");
    return options;
  }

  /**
   * What a study does once it has its folder: with a master it lets executors do the trials, so
   * that this process has the report left to do.
   *
   * @param name of the study, such as {@code study-graft}
   */
  UnaryOperator<RunDirectory> trials(String name) {
    BulkOptions options = options();
    if (!options.given() || StudyShare.here()) {
      return UnaryOperator.identity();
    }
    return directory -> {
      List<String> words = new ArrayList<>(List.of(name.split("-")));
      words.addAll(List.of("--resume", directory.path().toAbsolutePath().normalize().toString()));
      try (BulkEngine engine = BulkEngine.open(options)) {
        engine.run(IntStream.range(0, SHARES).boxed().toList(), new StudyShare(words), share -> {});
      }
      return directory;
    };
  }

  /** The sessions of executors. */
  BulkSession session(Device device) {
    return new BulkSession(device, options().threads());
  }
}
