package tsugiki.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.graph.ActivationChoice.Kind;
import tsugiki.single.FineTuning;
import tsugiki.single.SingleMethod;
import tsugiki.single.SingleMode;
import tsugiki.single.SingleOptions;
import tsugiki.single.StageTrainingOptions;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** The flags of the verb {@code single}: those of {@link SingleOptions}. */
final class SingleFlags {
  private static final RecordFlags<SingleOptions> ALL =
      RecordFlags.of(SingleOptions.of(Path.of(""), SingleMode.GENERATE, RunOptions.ANYWHERE))
          .without("image", "execution", "fineTuning");

  /** What may be given beside {@code --fine-tune}. */
  private static final Set<String> BESIDE_FINE_TUNE =
      Set.of(
          "--fine-tune",
          "--naive",
          "--mask",
          "--steps",
          "--count",
          "--licence",
          "--measure-every",
          "--sample-every",
          "--checkpoint-every",
          "--keep",
          "--score-network",
          "--out",
          "--device",
          "--dry-run",
          "--json",
          "--verbose",
          "--trust");

  /** How large an image is made. */
  static final Set<String> FACTOR = Set.of("--factor");

  private SingleFlags() {}

  /** What is learned, and what for. */
  static final class Parts {
    @Option(
        names = "--image",
        paramLabel = "F",
        description = "The photograph that a generator is trained on.")
    private Path image;

    @Mixin private final FlagSection others = section("mode", "method", "licence");

    @Option(
        names = "--fine-tune",
        paramLabel = "RUN",
        description =
            "Train the last stage of a finished run of the mode harmonize or edit on for the image"
                + " --naive, for 2000 steps or --steps, and draw it; --mask as with --model.")
    private Path run;

    /** Whether a run is trained on. */
    boolean fineTunes() {
      return run != null;
    }

    /** The options with the flags that were given; the defaults follow the mode and the method. */
    SingleOptions options(CommandSpec spec, Execution execution) {
      Map<String, Object> given = ALL.given(spec);
      SingleMode mode = (SingleMode) given.getOrDefault("mode", SingleMode.GENERATE);
      SingleMethod method = (SingleMethod) given.getOrDefault("method", SingleMethod.of(mode));
      if (method == SingleMethod.SINGAN) {
        refuseTogether(given);
      }
      // Before the defaults, so that a mode that the method lacks is refused with their flags.
      SingleOptions standard = SingleOptions.of(image, mode, method, execution);
      SingleOptions options = ALL.read(spec, standard);
      if (Kind.LRELU.toString().equalsIgnoreCase((String) given.get("network.activation"))) {
        // A leaky ReLU without a slope is the mode's own.
        String own = standard.network().activation();
        options = options.withNetwork(options.network().withActivation(own));
      }
      UselessFlags.refuseUnless(
          options.pyramid().stages() == 0, spec, Set.of("--scale-factor"), "--stages 0");
      UselessFlags.refuseUnless(
          mode == SingleMode.SUPER_RESOLVE, spec, FACTOR, "--mode super-resolve");
      return options;
    }

    /** SinGAN's stages are not trained together. */
    private static void refuseTogether(Map<String, Object> given) {
      for (String path : List.of("training.trainDepth", "training.lrScale")) {
        if (given.containsKey(path)) {
          throw new BadInputException(
              "⟨%s⟩ is for stages that are trained together, and those of ⟨method⟩ singan are not; leave it out"
                  .formatted(path.substring(path.indexOf('.') + 1)));
        }
      }
    }

    /**
     * The options of the run that is trained on, with the flags that were given. The steps are not
     * the run's: the authors' code takes their number anew, and its default is 2,000.
     *
     * @param naive the image that it is trained for
     * @param mask white where that was changed, or null
     */
    SingleOptions fineTuned(CommandSpec spec, Path naive, Path mask, Execution execution) {
      refuseBeside(spec);
      if (!RunDirectory.isRun(run)) {
        throw new BadInputException(
            "⟨fineTune⟩ " + run + " holds no options.json; name the folder of an earlier run");
      }
      SingleOptions former = RunDirectory.resume(run).options(SingleOptions.class);
      if (former.fineTuning() != null) {
        throw new BadInputException(
            "⟨fineTune⟩ %s is fine-tuned already, from %s; name that run"
                .formatted(run, former.fineTuning().run()));
      }
      return ALL.read(
          spec,
          former
              .withTraining(former.training().withSteps(StageTrainingOptions.defaults().steps()))
              .withExecution(execution)
              .withFineTuning(new FineTuning(run, naive, mask, former.training().steps())));
    }

    private static void refuseBeside(CommandSpec spec) {
      List<String> others =
          spec.commandLine().getParseResult().matchedOptionsSet().stream()
              .map(OptionSpec::longestName)
              .filter(name -> !BESIDE_FINE_TUNE.contains(name))
              .toList();
      if (!others.isEmpty()) {
        throw new BadInputException(
            "--fine-tune takes the options from the run; leave out " + String.join(", ", others));
      }
    }
  }

  /** The flags of some components; the seed is a flag of every run. */
  static FlagSection section(String... components) {
    return new FlagSection("single", ALL.without("training.seed").only(components));
  }

  /** What is drawn, with the flags that were given. */
  static SingleOptions drawing(CommandSpec spec) {
    return ALL.read(spec);
  }
}
