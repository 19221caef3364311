package tsugiki.graft;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.base.Phase;
import tsugiki.savedmodel.StoredGenerator;
import tsugiki.study.Study;
import tsugiki.study.Trial;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingTask;

/**
 * The single grafts of {@link GraftStudy}: each is a run in a folder of its own, and is scored.
 *
 * @param study the study's folder
 * @param logTo sends the log to a file from then on
 */
record GraftTrials(
    RunDirectory study,
    GraftStudyOptions options,
    StoredGenerator rootstock,
    GraftTrialScores scores,
    Consumer<Path> logTo) {
  private static final Logger LOG = LoggerFactory.getLogger(GraftTrials.class);

  /**
   * A graft that is to be done.
   *
   * @param name of its folder, before what a file's name cannot have is replaced
   * @param rate of a variant whose rate is chosen
   * @param cell its images
   * @param seed draws those that it trains on
   * @param truncations of the samples that are scored
   * @throws BadInputException if it has begun with another rate
   */
  Trial trial(
      String name,
      GraftVariant variant,
      float rate,
      StudyCell cell,
      long seed,
      List<Float> truncations) {
    String file = Trial.folderName(name);
    Path folder = study.resolve(file);
    GraftOptions wanted = options.graft(variant, rate, cell.domain().path(), seed);
    checkRate(folder, wanted);
    return new Trial(
        variant.name(),
        seed,
        file,
        Set.of(),
        figures -> {
          LOG.info("{} on {}, seed {}: {}", variant.name(), cell.title(), seed, folder);
          figures.putAll(graft(folder, wanted, cell, seed));
          try (Phase scoring = Phase.begin("scoring " + folder)) {
            Path model = folder.resolve("model");
            figures.putAll(scores.of(model, cell.domain(), cell.count(), seed, truncations));
          }
        });
  }

  /** A graft of an interrupted study keeps its rate, also if the rates are tried again. */
  private static void checkRate(Path folder, GraftOptions wanted) {
    if (!RunDirectory.isRun(folder)) {
      return;
    }
    float rate = wanted.learning().layerRate();
    float kept = RunDirectory.resume(folder).options(GraftOptions.class).learning().layerRate();
    if (rate != kept) {
      throw new BadInputException(
          "%s has the rate %s, and the rates that were tried now choose %s; delete this folder, and it is trained again"
              .formatted(folder, kept, rate));
    }
  }

  private Map<String, Double> graft(Path folder, GraftOptions wanted, StudyCell cell, long seed) {
    try (GraftRun graft = TrainingTask.built(() -> run(wanted, rootstock, cell, seed))) {
      RunDirectory run = RunDirectory.resumeOrCreate(folder, wanted);
      logTo.accept(run.resolve(Study.LOG_FILE));
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(GraftStudyReport.PARAMETERS, (double) graft.parameters());
      figures.put(
          GraftStudyReport.RECONSTRUCTION,
          graft.train(run).after().get(GraftStudyReport.RECONSTRUCTION));
      return figures;
    }
  }

  /** A graft onto the training images of a seed. */
  static GraftRun run(GraftOptions wanted, StoredGenerator rootstock, StudyCell cell, long seed) {
    return new GraftRun(
        wanted, GraftInput.of(wanted, rootstock, () -> cell.domain().training(cell.count(), seed)));
  }
}
