package tsugiki.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.Phase;
import tsugiki.savedmodel.ModelFolder;
import tsugiki.train.Execution;
import tsugiki.train.ModelCard;

/** The verb {@code export}. */
@Command(
    name = "export",
    description = {
      "Writes a model into a folder of its own: as it is, of another moment of its training, or in"
          + " the layout of TensorFlow Serving."
    },
    sortOptions = false)
final class ExportCommand implements Runnable {
  /**
   * What {@code --json} writes.
   *
   * @param model what was exported
   * @param out the folder of the SavedModel
   */
  record Result(String model, String out) {}

  /** Where to: one of them. */
  static final class Target {
    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "The folder of the SavedModel; a model that was there is replaced.")
    private Path out;

    @Option(
        names = "--serving",
        paramLabel = "DIR",
        description =
            "The folder of all versions of the model for TensorFlow Serving (its model_base_path):"
                + " the first goes to DIR/1, the next ones to DIR/2 and on.")
    private Path serving;
  }

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "A model's folder, a run directory, or the name of a model that ships.")
  private String model;

  @Option(
      names = "--checkpoint",
      paramLabel = "C",
      description =
          "Of a run, the model of another moment: best (by the training's score), latest, or the"
              + " step of a checkpoint that is kept. The run's data must be where they were; it may"
              + " go on training meanwhile, unless it has a --teacher.")
  private String checkpoint;

  @Option(
      names = "--licence",
      paramLabel = "TEXT",
      description =
          "The licence of the training images, for the card of the exported model. Default: as the"
              + " model's own card has it.")
  private String licence = "";

  @ArgGroup(multiplicity = "1")
  private Target target;

  @Spec private CommandSpec spec;

  @Mixin private DeviceFlag device;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    // A model is copied by its files; only that of a checkpoint is computed.
    UselessFlags.refuseUnless(checkpoint != null, spec, Set.of(DeviceFlag.NAME), "--checkpoint");
    Path found =
        checkpoint == null
            ? ModelPath.find("--model", model)
            : CheckpointModel.find("--model", model, checkpoint, Execution.here(device.device()));
    Path written = target.out;
    Optional<UnaryOperator<String>> card =
        licence.isBlank()
            ? Optional.empty()
            : Optional.of(text -> ModelCard.licensed(text, licence));
    try (Phase writing = Phase.begin("writing the model")) {
      if (written == null) {
        written = ModelFolder.serve(found, target.serving, card);
      } else {
        ModelFolder.copy(found, written, card);
      }
    }
    result.print("The model is in %s.", written);
    result.write(new Result(found.toString(), written.toString()));
  }
}
