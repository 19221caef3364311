package tsugiki.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.BadInputException;
import tsugiki.graft.GraftOptions;
import tsugiki.graft.GraftStudy;
import tsugiki.graft.GraftStudyOptions;
import tsugiki.pretrained.PublishedGenerators;

/** The verb {@code study graft}. */
@Command(
    name = "graft",
    description = {
      "Grafts onto few images of some domains in different ways, and writes scores with their"
          + " intervals, charts and samples. Several processes can share the work: start others with"
          + " --resume on the same folder."
    },
    sortOptions = false)
final class GraftStudyCommand implements Runnable {
  private static final RecordFlags<GraftStudyOptions> FLAGS =
      RecordFlags.of(
              GraftStudyOptions.defaults(
                  GraftOptions.of(Path.of("images"), Path.of(""), RunOptions.ANYWHERE)))
          .without("graft", "data")
          .option(
              "truncations",
              option -> option.converters(given -> GraftFlags.truncation(given).floatValue()));

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "P",
      description =
          "The images of a domain: a folder or a zip. Repeat it for more domains. --counts of them"
              + " are trained on, others with every seed, and the rest is held out.")
  private List<Path> data;

  @Mixin
  private final GraftFlags.Rootstock rootstock =
      new GraftFlags.Rootstock(new PublishedGenerators());

  @Mixin private final FlagSection study = new FlagSection("study-graft", FLAGS);

  @Mixin(name = "The default graft, which is one of the variants:")
  private final FlagSection layers =
      GraftFlags.section(
          "crop", "licence", "method", "groupSize", "mixedSites", "rank", "plainLastSite");

  @Mixin(name = "How it learns:")
  private final FlagSection learning = GraftFlags.section("learning");

  @Mixin(name = "What it minimises:")
  private final FlagSection loss = GraftFlags.section("loss");

  @Mixin(name = "The adversarial finish:")
  private final FlagSection finish = GraftFlags.section("finish");

  @Mixin(name = "Measurements, samples and checkpoints:")
  private final FlagSection watch =
      GraftFlags.section(
          "watch.truncation", "watch.scoreNetworks", "watch.half", "watch.intervals");

  @Mixin(name = "On a Spark cluster:")
  private final BulkFlags bulk = BulkFlags.ofStudy();

  @Mixin private RunOptions run;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    GraftStudyOptions options = run.resume().isPresent() ? resumed() : fromFlags();
    GraftStudy grafts = new GraftStudy(options, Logs::alsoTo);
    TrainingJob.study(
            options, grafts.summary(), grafts.kinds(), grafts::run, GraftStudy.Result::run)
        .start("study-graft", run, bulk, result);
  }

  private GraftStudyOptions resumed() {
    return Resuming.study(
        spec, run, GraftStudyOptions.class, options -> options.graft().execution());
  }

  private GraftStudyOptions fromFlags() {
    if (data == null) {
      throw new BadInputException("--data is missing; give a folder or zip of images");
    }
    GraftOptions plain = GraftOptions.of(data.get(0), rootstock.find(result), run.here());
    // Steps and truncations are the study's, also where a finish would change their defaults.
    GraftOptions graft =
        GraftFlags.read(spec, plain.withFinish(GraftFlags.finished(spec, plain).finish()));
    GraftFlags.refuseFinish(spec, graft.finish());
    return FLAGS.read(spec, GraftStudyOptions.defaults(graft).withData(data));
  }
}
