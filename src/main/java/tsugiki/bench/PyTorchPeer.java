package tsugiki.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * The same step in PyTorch: a script of {@code tools/peers} in a Python that the user names.
 *
 * @param python the interpreter
 * @param script {@code graft_step.py} or {@code single_stage.py}
 */
public record PyTorchPeer(Path python, Path script) {
  /** As glibc comes, and set to keep freed buffers as TensorFlow does. */
  static final List<String> ALLOCATORS = List.of("stock", "tuned");

  /** Checks what can be checked before the work. */
  public PyTorchPeer {
    new PeerScript(python, script);
  }

  /** The step of a graft. */
  public static PyTorchPeer graftStep(Path python, Path folder) {
    return new PyTorchPeer(python, folder.resolve("graft_step.py"));
  }

  /** The iteration of a stage of ConSinGAN. */
  public static PyTorchPeer singleStage(Path python, Path folder) {
    return new PyTorchPeer(python, folder.resolve("single_stage.py"));
  }

  /**
   * Runs it.
   *
   * @param arrays the weights and inputs
   * @param allocator one of {@link #ALLOCATORS}
   * @return what the script wrote
   * @throws tsugiki.base.BadInputException if it fails
   */
  PeerReport run(Path arrays, String allocator, int steps, int threads) {
    Path json = arrays.resolveSibling("pytorch-" + allocator + ".json");
    Path log = arrays.resolveSibling("pytorch-" + allocator + ".log");
    List<String> arguments =
        List.of(
            "--arrays=" + arrays,
            "--allocator=" + allocator,
            "--steps=" + steps,
            "--warmup=1",
            "--threads=" + threads);
    return new PeerScript(python, script).run("the PyTorch step", arguments, json, log);
  }

  /**
   * Computes the loss and the gradients of the first step in double precision.
   *
   * @param arrays the weights and inputs
   * @return the loss and the gradients' norms; no times
   * @throws tsugiki.base.BadInputException if it fails
   */
  PeerReport reference(Path arrays, int threads) {
    return new PeerScript(python, script)
        .run(
            "the step in double precision",
            List.of("--arrays=" + arrays, "--mode=reference", "--threads=" + threads),
            arrays.resolveSibling("reference.json"),
            arrays.resolveSibling("reference.log"));
  }

  /** What a result calls it. */
  static String name(String allocator) {
    return allocator.equals("stock") ? "pytorch" : "pytorch-" + allocator;
  }
}
