package tsugiki.graft;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.base.Counted;
import tsugiki.model.FrozenNetwork;
import tsugiki.savedmodel.StoredGenerator;
import tsugiki.score.GeneratorScores;
import tsugiki.study.Study;
import tsugiki.study.Trial;
import tsugiki.study.TrialOutcome;
import tsugiki.train.RunDirectory;
import tsugiki.train.RunInputs;

/**
 * The study of Takeda and Yanai's tables 1 and 2: ways to graft, on several domains and numbers of
 * images. The rate of each method is chosen first, with a seed of its own on the first domain and
 * number; then every seed draws training images and grafts onto them in every way. A study that was
 * interrupted resumes, and several processes can work on one study ({@link Study}).
 */
public final class GraftStudy {
  private static final Logger LOG = LoggerFactory.getLogger(GraftStudy.class);

  /**
   * The results.
   *
   * @param run the study's folder
   * @param grafts one map per graft
   */
  public record Result(String run, List<Map<String, Object>> grafts) {}

  private final GraftStudyOptions options;
  private final Consumer<Path> logTo;
  private final StoredGenerator rootstock;
  private final StudyDomains domains;
  private final RunInputs inputs = new RunInputs();
  private final List<StudyCell> cells = new ArrayList<>();
  private final Map<String, FrozenNetwork> judges;

  /**
   * Finds data and networks without TensorFlow's library.
   *
   * @param logTo sends the log to a file from then on: to that of the graft that is under way, in
   *     between to the study's
   * @throws BadInputException if something is missing
   */
  public GraftStudy(GraftStudyOptions options, Consumer<Path> logTo) {
    this.options = options;
    this.logTo = logTo;
    rootstock = StoredGenerator.open(options.graft().generator());
    for (GraftVariant variant : options.parsed()) {
      variant.of(options.graft()).checkLayers(rootstock.architecture());
    }
    judges = GeneratorScores.Judges.features(options.judge(), options.taps());
    List<StudyDomain> opened =
        options.data().stream()
            .map(path -> StudyDomain.open(path, rootstock.architecture().size(), options.graft()))
            .toList();
    opened.forEach(domain -> domain.addTo(inputs));
    domains =
        options.tunes()
            ? StudyDomains.apart(opened, options.counts(), options.tuningSeed())
            : new StudyDomains(opened, Optional.empty());
    for (StudyDomain domain : domains.reported()) {
      options.counts().stream()
          .filter(count -> count <= domain.count())
          .forEach(count -> cells.add(new StudyCell(domain, count)));
    }
    if (cells.isEmpty()) {
      throw new BadInputException(
          "⟨data⟩ %s has %d images, and ⟨counts⟩ asks for %s; give more images or less"
              .formatted(opened.get(0).path(), opened.get(0).count(), options.counts()));
    }
  }

  /** Where rates are chosen. */
  private StudyCell tuning() {
    return domains
        .aside()
        .map(domain -> new StudyCell(domain, options.counts().get(0)))
        .orElseGet(
            () ->
                cells.stream()
                    .filter(cell -> cell.count() == options.counts().get(0))
                    .findFirst()
                    .orElse(cells.get(0)));
  }

  /** What will be done, in words. */
  public String summary() {
    return "%s; %s, %s each; rates from %s"
        .formatted(
            String.join("; ", cells.stream().map(StudyCell::title).toList()),
            Counted.of(options.variants().size(), "variant"),
            Counted.of(options.repeats(), "time"),
            options.rates());
  }

  /**
   * Grafts and scores everything, and writes the tables, the charts and the page.
   *
   * @param directory makes the study's folder, once the networks that score have their weights
   * @throws BadInputException if they have not, or the study began with other images
   */
  public Result run(Supplier<RunDirectory> directory) {
    try (GraftTrialScores scores = new GraftTrialScores(options, judges, domains.all())) {
      RunDirectory folder = Study.begin(directory, options, inputs, logTo);
      GraftTrials grafts = new GraftTrials(folder, options, rootstock, scores, logTo);
      RateChoice rates = choose(folder, grafts, scores);
      Map<Trial, StudyCell> trials = trials(grafts, rates);
      Study study = new Study(folder.path(), List.copyOf(trials.keySet()), logTo);
      GraftStudyReport report =
          new GraftStudyReport(folder.path(), options, cells, scores, rates(rates));
      study.run(() -> report.write(outcomes(study, trials)));
      return new Result(
          folder.path().toString(),
          study.outcomes(List.copyOf(trials.keySet())).stream().map(TrialOutcome::asMap).toList());
    }
  }

  /** Tries every rate with every method, and goes on where a best one lies at an end. */
  private RateChoice choose(RunDirectory folder, GraftTrials grafts, GraftTrialScores scores) {
    Set<String> methods = new LinkedHashSet<>();
    options.parsed().stream()
        .filter(GraftVariant::tuned)
        .forEach(variant -> methods.add(variant.base()));
    RateChoice choice = new RateChoice(options.rates());
    List<Float> grid = options.rates();
    if (!options.tunes()) {
      methods.forEach(method -> choice.add(method, options.rates().get(0), Optional.empty()));
      return choice;
    }
    StudyCell cell = tuning();
    List<Float> first = options.truncations().subList(0, 1);
    String headline = GraftTrialScores.at(scores.headline(cell.holdsOut()), first.get(0));
    for (List<Float> tried = List.of(); !tried.equals(grid); ) {
      tried = grid;
      Map<Trial, Float> trials = new LinkedHashMap<>();
      for (String method : methods) {
        for (float rate : grid) {
          String name = "tuning-%s-%s".formatted(method, rate);
          GraftVariant variant = GraftVariant.parse(method);
          // Rates are compared by one score, so that the other truncations need none.
          trials.put(grafts.trial(name, variant, rate, cell, options.tuningSeed(), first), rate);
        }
      }
      Study study = new Study(folder.path(), List.copyOf(trials.keySet()), logTo);
      study.run(() -> {});
      trials.forEach(
          (trial, rate) ->
              choice.add(
                  trial.variant(),
                  rate,
                  study.outcomes(List.of(trial)).stream()
                      .map(outcome -> Optional.ofNullable(outcome.figures().get(headline)))
                      .flatMap(Optional::stream)
                      .findFirst()));
      grid = choice.extended(grid);
    }
    methods.forEach(method -> LOG.info("{}: rate {}", method, choice.best(method)));
    return choice;
  }

  private GraftRates rates(RateChoice choice) {
    StudyCell cell = tuning();
    return new GraftRates(
        choice, options.tuningSeed(), cell.domain(), cell.count(), domains.aside().isPresent());
  }

  private Map<Trial, StudyCell> trials(GraftTrials grafts, RateChoice rates) {
    Map<Trial, StudyCell> trials = new LinkedHashMap<>();
    for (long seed : options.seeds()) {
      for (StudyCell cell : cells) {
        for (GraftVariant variant : options.parsed()) {
          float rate = variant.tuned() ? rates.best(variant.base()) : 0;
          String title = "%s-%s-%d".formatted(cell.file(), variant.name(), seed);
          trials.put(grafts.trial(title, variant, rate, cell, seed, options.truncations()), cell);
        }
      }
    }
    return trials;
  }

  /** The first graft and, where some have a finish and some none, the first of the others. */
  public List<Supplier<GraftRun>> kinds() {
    StudyCell cell = cells.get(0);
    long seed = options.graft().learning().seed();
    Map<Boolean, Supplier<GraftRun>> kinds = new LinkedHashMap<>();
    for (GraftVariant variant : options.parsed()) {
      GraftOptions wanted =
          options.graft(variant, options.rates().get(0), cell.domain().path(), seed);
      kinds.putIfAbsent(
          wanted.finish().wanted(), () -> GraftTrials.run(wanted, rootstock, cell, seed));
    }
    return List.copyOf(kinds.values());
  }

  private static Map<StudyCell, List<TrialOutcome>> outcomes(
      Study study, Map<Trial, StudyCell> trials) {
    Map<StudyCell, List<TrialOutcome>> byCell = new LinkedHashMap<>();
    trials.forEach(
        (trial, cell) ->
            byCell
                .computeIfAbsent(cell, one -> new ArrayList<>())
                .addAll(study.outcomes(List.of(trial))));
    return byCell;
  }
}
