package tsugiki.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tsugiki.base.Checks;
import tsugiki.cluster.LocalWorkers;
import tsugiki.runtime.ClusterServer;

/** The verb {@code cluster}. */
@Command(
    name = "cluster",
    description = {
      "Runs a training with worker processes on this machine: starts them, starts those anew that"
          + " end, and ends them all with the training.",
      "Of use to try a cluster; one process uses all processors by itself."
    })
final class ClusterCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Processes beside the training's own. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private int workers;

  @Parameters(
      arity = "1..*",
      paramLabel = "VERB …",
      description = "The training: graft or train, with its flags, after --.")
  private List<String> training;

  @Override
  public Integer call() {
    Checks.parts("workers", workers, 1);
    try (LocalWorkers local =
        LocalWorkers.start(
            Tsugiki.class, workers, WorkerCommand::attached, ClusterServer::giveUp)) {
      List<String> words = new ArrayList<>(training);
      if (Tsugiki.isVerbose(spec.commandLine())) {
        // The training has a command line of its own, which would not know.
        words.add(Tsugiki.VERBOSE);
      }
      words.addAll(List.of(ReplicasFlag.CLUSTER, local.addresses()));
      CommandLine line = Tsugiki.commandLine();
      line.setOut(spec.commandLine().getOut()).setErr(spec.commandLine().getErr());
      return Tsugiki.run(line, words.toArray(String[]::new));
    }
  }
}
