package tsugiki.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tsugiki.base.Phase;
import tsugiki.report.GraphEvents;
import tsugiki.savedmodel.GraphFile;
import tsugiki.savedmodel.InspectionText;
import tsugiki.savedmodel.ModelInspection;

/** The verb {@code inspect}. */
@Command(
    name = "inspect",
    description = {
      "Shows a model without running it: its weights, operations, inputs, outputs, number of"
          + " parameters, classes and card. Takes any SavedModel, and a graph in a file of its own."
    },
    sortOptions = false)
final class InspectCommand implements Runnable {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description =
          "A model's folder, a run directory, the name of a model that ships, or a GraphDef in a file .pb.")
  private String model;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "Write the graph into this folder, for TensorBoard's page Graphs.")
  private Path tensorBoard;

  @Mixin private ResultOptions result;

  @Override
  public void run() {
    Path folder =
        GraphFile.isOne(Path.of(model)) ? Path.of(model) : ModelPath.find("--model", model);
    ModelInspection inspection = inspected(folder);
    result.print(
        "%s%n%n%s%n%s%n%s",
        folder,
        InspectionText.summary(inspection),
        InspectionText.structure(inspection),
        InspectionText.card(inspection));
    if (tensorBoard != null) {
      result.print("%nThe graph for TensorBoard is in %s", drawn(folder));
    }
    result.write(inspection);
  }

  private static ModelInspection inspected(Path folder) {
    try (Phase reading = Phase.begin("reading " + folder)) {
      return ModelInspection.of(folder);
    }
  }

  private Path drawn(Path folder) {
    try (Phase writing = Phase.begin("writing the graph to " + tensorBoard)) {
      return GraphEvents.write(tensorBoard, ModelInspection.picture(folder));
    }
  }
}
