package tsugiki.runtime;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * The factory of all sessions. Thread counts are pinned because the bits of a sum depend on how it
 * is split: a resumed run equals one that never stopped only under the same counts.
 *
 * <p>TensorFlow keeps one pool of threads for all sessions of a process, and the first session
 * decides its size. Only with {@code TF_OVERRIDE_GLOBAL_THREADPOOL=1} in the environment, which the
 * launcher sets, does every session have the number of threads that its settings say.
 */
public final class Sessions {
  /** The system property that has a say before the environment's {@code TSUGIKI_REWRITE}. */
  static final String REWRITE = "tsugiki.rewrite";

  private Sessions() {}

  /**
   * What a session's arithmetic depends on.
   *
   * @param intraOp threads within an operation
   * @param interOp operations at a time
   * @param gpu whether a GPU may be used; its memory grows as needed
   * @param replicas of a graph that was built for several, each on a device of its own: a GPU, or
   *     one of as many parts of the CPU
   * @param cluster the processes that replicas are spread over, as many on each
   * @param precision of convolutions and products
   */
  public record Settings(
      int intraOp, int interOp, boolean gpu, int replicas, Cluster cluster, Precision precision) {
    /** Of graphs without replicas. */
    public Settings(int intraOp, int interOp, boolean gpu) {
      this(intraOp, interOp, gpu, 1);
    }

    /** Of replicas within this process. */
    public Settings(int intraOp, int interOp, boolean gpu, int replicas) {
      this(intraOp, interOp, gpu, replicas, Cluster.NONE);
    }

    /** In float32. */
    public Settings(int intraOp, int interOp, boolean gpu, int replicas, Cluster cluster) {
      this(intraOp, interOp, gpu, replicas, cluster, Precision.FLOAT32);
    }

    /** The same with another precision. */
    public Settings with(Precision other) {
      return new Settings(intraOp, interOp, gpu, replicas, cluster, other);
    }

    /** The replicas on one process. */
    int replicasPerTask() {
      return replicas / Math.max(1, cluster.tasks());
    }

    /** As many threads as the machine has processors, the CPU alone. */
    public static Settings cpu() {
      int processors = Runtime.getRuntime().availableProcessors();
      return new Settings(processors, processors, false);
    }

    /**
     * The same on a device; the first call of a process, since a GPU's libraries must be loaded
     * before TensorFlow.
     *
     * @throws tsugiki.base.BadInputException if it must be a GPU and there is none
     */
    public static Settings on(Device wanted) {
      Settings cpu = cpu();
      Settings gpu = new Settings(cpu.intraOp(), cpu.interOp(), true);
      return Devices.choose(wanted, config(gpu)) == Device.GPU ? gpu : cpu;
    }
  }

  /** A session on the CPU with all processors. */
  public static Session open(Graph graph) {
    return open(graph, Settings.cpu());
  }

  /**
   * A session with these settings.
   *
   * @throws tsugiki.base.BadInputException if the graph needs more memory than the machine has
   */
  public static Session open(Graph graph, Settings settings) {
    refuseTooLarge(graph, settings, "take fewer channels, smaller images or a smaller batch");
    return settings.replicas() > 1
        ? ReplicatedSession.open(graph, settings)
        : new Session(graph, config(settings));
  }

  /**
   * A session of a graph that was imported. It runs nothing of its own: TensorFlow Java otherwise
   * takes every node whose name begins with {@code Init} for one that fills a variable.
   *
   * @throws tsugiki.base.BadInputException as {@link #open}
   */
  public static Session openImported(Graph graph, Settings settings) {
    refuseTooLarge(graph, settings, "use a smaller model, or a machine with more memory");
    return new Session(graph, false, config(settings));
  }

  private static void refuseTooLarge(Graph graph, Settings settings, String advice) {
    if (!settings.gpu()) {
      GraphMemory.of(graph).refuseTooLarge(advice);
    }
  }

  /** These settings for a session that TensorFlow opens itself, as for a SavedModel. */
  public static ConfigProto config(Settings settings) {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(settings.intraOp())
            .setInterOpParallelismThreads(settings.interOp())
            .setAllowSoftPlacement(true)
            .setGraphOptions(
                GraphOptions.newBuilder().setRewriteOptions(rewriting(settings.precision())))
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
    if (!settings.gpu()) {
      config.putDeviceCount("GPU", 0).putDeviceCount("CPU", settings.replicasPerTask());
    }
    return config.build();
  }

  /**
   * Whether TensorFlow's optimiser, Grappler, rewrites what a set of fetches needs before its first
   * run. With it the first run takes longer and later ones are faster; sums that it fuses round
   * differently. Most tests run a new graph a few times, so they turn it off.
   */
  private static boolean rewrites() {
    return !"0".equals(System.getProperty(REWRITE, System.getenv("TSUGIKI_REWRITE")));
  }

  private static RewriterConfig rewriting(Precision precision) {
    return precision == Precision.FLOAT32
        ? RewriterConfig.newBuilder().setDisableMetaOptimizer(!rewrites()).build()
        : RewriterConfig.newBuilder()
            .setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON)
            .build();
  }
}
