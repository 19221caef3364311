package tsugiki.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.CaseFormat;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Streams;
import com.google.common.primitives.Doubles;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tsugiki.activation.ActivationStudyOptions;
import tsugiki.augmentation.AugmentationStudyOptions;
import tsugiki.base.BadInputException;
import tsugiki.base.NetworkName;
import tsugiki.graft.GraftOptions;
import tsugiki.graft.GraftStudyOptions;
import tsugiki.labels.LabelStudyOptions;
import tsugiki.labels.LabelledGanOptions;
import tsugiki.recognition.FeatureRunOptions;
import tsugiki.single.SingleOptions;
import tsugiki.train.Execution;
import tsugiki.train.OptionsJson;
import tsugiki.train.RunDirectory;

/** What {@code --resume} means to every verb that trains. */
final class Resuming {
  /** What may be said beside {@code --resume}, which takes all else from the run. */
  private static final Set<String> BESIDE_RESUME =
      Set.of(
          "--resume",
          "--dry-run",
          "--json",
          "--verbose",
          "--trust",
          ProfileFlag.NAME,
          ReplicasFlag.CLUSTER,
          "--master",
          "--spark-conf");

  /** What every training can change when it goes on: how many checkpoints stay. */
  static final Map<String, String> KEEP = Map.of("--keep", "/watch/keep");

  /** The verbs that write runs, by their options. */
  private static final Map<Class<?>, String> VERBS =
      Map.of(
          GraftOptions.class, "graft",
          GraftStudyOptions.class, "study graft",
          LabelledGanOptions.class, "train",
          FeatureRunOptions.class, "train",
          SingleOptions.class, "single",
          LabelStudyOptions.class, "study labels",
          ActivationStudyOptions.class, "study activation",
          AugmentationStudyOptions.class, "study augmentation");

  private Resuming() {}

  /**
   * The options of the run that is gone on with.
   *
   * @param changeable the numbers that may be given anew: flags, and where {@code options.json} has
   *     them
   * @param execution where the options have the processor, which has to be like this one
   * @throws BadInputException if other options were given, or the folder is no run of this verb, or
   *     this process would compute other bits
   */
  static <T> T options(
      CommandSpec spec,
      RunOptions run,
      Class<T> type,
      Map<String, String> changeable,
      Function<T, Execution> execution) {
    Set<OptionSpec> given = spec.commandLine().getParseResult().matchedOptionsSet();
    Path folder = run.resume().orElseThrow();
    List<String> others =
        given.stream()
            .filter(flag -> !BESIDE_RESUME.contains(flag.longestName()))
            .filter(flag -> !changeable.containsKey(flag.longestName()))
            .flatMap(flag -> difference(flag, folder).stream())
            .toList();
    if (!others.isEmpty()) {
      throw new BadInputException(
          "--resume takes the options from the run; leave out " + String.join(", ", others));
    }
    T options = saved(run.resumed(), type);
    for (OptionSpec flag : given) {
      String place = changeable.get(flag.longestName());
      if (place != null) {
        options = OptionsJson.changed(options, place, flag.<Number>getValue());
      }
    }
    execution.apply(options).refuseElsewhere();
    return options;
  }

  /** The same of a study, which may have more seeds. */
  static <T> T study(
      CommandSpec spec, RunOptions run, Class<T> type, Function<T, Execution> execution) {
    return options(spec, run, type, Map.of("--repeats", "/repeats"), execution);
  }

  /**
   * A flag that is not as the run has it, with both values where they are known; empty where it is.
   */
  private static Optional<String> difference(OptionSpec flag, Path folder) {
    String name = flag.longestName();
    String given = String.join(",", flag.originalStringValues());
    Set<String> kept = new TreeSet<>();
    try {
      String key = CaseFormat.LOWER_HYPHEN.to(CaseFormat.LOWER_UNDERSCORE, name.substring(2));
      JsonNode options = RunDirectory.resume(folder).options(JsonNode.class);
      values(options, key).map(Resuming::text).forEach(kept::add);
    } catch (BadInputException e) {
      // What is wrong with the run is said when its options are read.
    }
    if (kept.size() != 1) {
      return Optional.of(name);
    }
    String before = kept.iterator().next();
    return same(given, before) || same(read(flag), before)
        ? Optional.empty()
        : Optional.of("%s (%s, where the run has %s)".formatted(name, given, before));
  }

  /** What the flag was understood as: a word such as none may stand for a number. */
  private static String read(OptionSpec flag) {
    Object value = flag.getValue();
    return value instanceof Collection<?> many
        ? many.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }

  /** The values of that name; an object of the name may hold one of the name. */
  private static Stream<JsonNode> values(JsonNode options, String key) {
    return options.findValues(key).stream()
        .flatMap(value -> value.isObject() ? values(value, key) : Stream.of(value));
  }

  /** As a flag has it: a list with commas. */
  private static String text(JsonNode value) {
    return Streams.stream(value.elements()).findAny().isEmpty()
        ? value.asText()
        : Streams.stream(value.elements()).map(JsonNode::asText).collect(Collectors.joining(","));
  }

  /**
   * Whether two words are one, or the same number, path or network with its weights; of lists, all
   * of them.
   */
  private static boolean same(String given, String kept) {
    if (given.equals(kept) || NetworkName.absolute(given).equals(kept)) {
      return true;
    }
    List<String> some = Splitter.on(',').splitToList(given);
    List<String> others = Splitter.on(',').splitToList(kept);
    if (some.size() > 1 && some.size() == others.size()) {
      return IntStream.range(0, some.size()).allMatch(i -> same(some.get(i), others.get(i)));
    }
    Double number = Doubles.tryParse(given);
    if (number != null) {
      return number.equals(Doubles.tryParse(kept));
    }
    try {
      return Path.of(given).toRealPath().equals(Path.of(kept).toRealPath());
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  /**
   * The options of a run of this verb.
   *
   * @throws BadInputException if they are damaged, or another verb's, naming it
   */
  private static <T> T saved(RunDirectory run, Class<T> type) {
    try {
      return run.options(type);
    } catch (BadInputException e) {
      String verb =
          VERBS.keySet().stream()
              .filter(o -> isOf(run, o))
              .findFirst()
              .map(VERBS::get)
              .orElseThrow(() -> e);
      throw new BadInputException(
          "⟨resume⟩ %s is a run of %s; go on with tsugiki %s ⟨resume⟩ %s"
              .formatted(run.path(), verb, verb, run.path()),
          e);
    }
  }

  /**
   * What a training can change that may also last longer, or end sooner.
   *
   * @param steps where its options have the number of its steps
   */
  static Map<String, String> length(String steps) {
    return ImmutableMap.<String, String>builder().put("--steps", steps).putAll(KEEP).build();
  }

  /** What a training on several devices can change besides: their number. */
  static Map<String, String> ofDevices(Map<String, String> others) {
    return ImmutableMap.<String, String>builder()
        .putAll(others)
        .putAll(ReplicasFlag.CHANGEABLE)
        .build();
  }

  /** Whether a run has options of this kind. */
  static boolean isOf(RunDirectory run, Class<?> options) {
    try {
      run.options(options);
      return true;
    } catch (BadInputException e) {
      return false;
    }
  }

  /**
   * The recipe of the run that is gone on with; empty where it names none, or is no run.
   *
   * @throws BadInputException if the options are damaged
   */
  static String recipe(Path folder) {
    if (!RunDirectory.isRun(folder)) {
      return "";
    }
    Named named = RunDirectory.resume(folder).options(Named.class);
    return Objects.requireNonNullElse(named.recipe(), "");
  }

  /** What all options of {@code train} begin with. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Named(String recipe) {}
}
