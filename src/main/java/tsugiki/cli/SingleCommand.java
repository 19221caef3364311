package tsugiki.cli;

import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.FigureWords;
import tsugiki.single.SingleOptions;
import tsugiki.single.SingleRun;
import tsugiki.train.Execution;

/** The verb {@code single}. */
@Command(
    name = "single",
    description = {
      "Trains a generator on a single photograph, which draws endless variations of it in any"
          + " width and height, and writes it as a SavedModel into a run directory; or draws with"
          + " such a model."
    },
    sortOptions = false)
final class SingleCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin(name = "What is learned:")
  private final SingleFlags.Parts parts = new SingleFlags.Parts();

  @Mixin(name = "What is drawn with a trained model:")
  private final SingleDrawing drawing = new SingleDrawing();

  @Mixin(name = "The pyramid:")
  private final FlagSection pyramid = SingleFlags.section("pyramid");

  @Mixin(name = "The networks:")
  private final FlagSection network = SingleFlags.section("network");

  @Mixin(name = "How it learns:")
  private final FlagSection training = SingleFlags.section("training");

  @Mixin(name = "Measurements, samples and checkpoints:")
  private final FlagSection watch = SingleFlags.section("watch");

  @Mixin private RunOptions run;
  @Mixin private ProfileFlag profile;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    if (drawing.given(parts.fineTunes())) {
      drawing.draw(spec, run, result);
    } else {
      job(options()).start("single", run, profile, result);
    }
  }

  private SingleOptions options() {
    if (run.resume().isPresent()) {
      return resumed();
    }
    Execution here = run.here();
    return parts.fineTunes()
        ? parts.fineTuned(spec, drawing.naive(), drawing.mask(), here)
        : parts.options(spec, here);
  }

  private SingleOptions resumed() {
    return Resuming.options(
        spec, run, SingleOptions.class, Resuming.KEEP, SingleOptions::execution);
  }

  private static TrainingJob job(SingleOptions options) {
    SingleRun.Input input = SingleRun.Input.open(options);
    String sizes =
        input.images().sizes().sizes().stream()
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    return TrainingJob.of(
        options,
        "%s in %s pixels".formatted(options.image().getFileName(), sizes),
        () -> new SingleRun(options, input),
        (single, directory) -> {
          SingleRun.Result done = single.train(directory.get());
          return new TrainingJob.Done(
              "%s; the model is in %s".formatted(figures(done.scores()), done.model()), done);
        });
  }

  private static String figures(Map<String, Double> scores) {
    return FigureWords.of(scores);
  }
}
