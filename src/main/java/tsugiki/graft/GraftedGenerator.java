package tsugiki.graft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import tsugiki.graph.AdaptivePointwise;
import tsugiki.graph.AdaptivePointwise.Mixing;
import tsugiki.graph.Affine;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.LowRankPointwise;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.GeneratorArchitecture;
import tsugiki.model.GeneratorHook;
import tsugiki.savedmodel.StoredGenerator;

/**
 * A generator with a graft in it: what is trained, and what is exported. Its class is one learned
 * vector, so that it takes the latent vector alone.
 *
 * @param architecture the generator's shape
 * @param method what the graft trains
 * @param layers the point-wise layers of the sites
 * @param earlier the grafts that the rootstock has in it, the first one first
 * @param weights {@code generator/…} as the rootstock has them, {@code graft/…} what is new
 */
record GraftedGenerator(
    GeneratorArchitecture architecture,
    GraftMethod method,
    SiteLayers layers,
    List<EarlierGraft> earlier,
    Weights weights) {
  /** The name of the learned vector. */
  static final String CLASS_VECTOR = "class_vector";

  /** The rootstock's weights. */
  Weights rootstock() {
    return weights.in("generator");
  }

  /** What the graft adds. */
  Weights scion() {
    return weights.in("graft");
  }

  /**
   * The learned vector in the place of a class's [1, E]; it starts at the mean of the rootstock's
   * classes.
   */
  Operand<TFloat32> classVector(Ops tf) {
    Shape shape = Shape.of(1, architecture.embedding());
    // TensorFlow's gradient of a square ends the process where a variable itself is squared: its
    // output is a reference.
    return tf.identity(scion().trained(tf, CLASS_VECTOR, shape, Initializer.zeros()));
  }

  /**
   * Draws images.
   *
   * @param z latent vectors [N, architecture.latent()]
   * @return images [N, size, size, 3] in (−1, 1)
   */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> z) {
    return apply(tf, z, Kernels.PLAIN);
  }

  /**
   * Draws images while the graft trains.
   *
   * @param z latent vectors [N, architecture.latent()]
   * @param kernels those of the rootstock's layers
   * @return images [N, size, size, 3] in (−1, 1)
   */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> z, Kernels kernels) {
    return apply(tf, z, kernels, BatchNorm.Settings.stored(architecture.epsilon()));
  }

  /**
   * Draws images while all of the generator trains, by the statistics of the batch.
   *
   * @param statistics takes what the stored ones become
   */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> z, Kernels kernels, PendingUpdates statistics) {
    return apply(tf, z, kernels, BatchNorm.Settings.batch(architecture.epsilon(), statistics));
  }

  private Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> z, Kernels kernels, BatchNorm.Settings norm) {
    Operand<TInt32> count =
        tf.slice(tf.shape(z), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    Operand<TInt32> times = tf.concat(List.of(count, tf.constant(new int[] {1})), tf.constant(0));
    Operand<TFloat32> y =
        tf.reshape(
            tf.tile(classVector(tf), times),
            tf.constant(new long[] {-1, architecture.embedding()}));
    return architecture.generator(rootstock(), kernels, norm, new Hook(z)).apply(tf, z, y);
  }

  /** The stored statistics of the rootstock's normalisations. */
  List<Weight> statistics() {
    return rootstock().all().stream()
        .filter(weight -> BatchNorm.isStatistics(weight.name()))
        .toList();
  }

  /** The W and b that the layer of a site makes of z. */
  Mixing mixing(Ops tf, GeneratorHook.Site site, Operand<TFloat32> z) {
    return mixing(tf, scion(), layers, site, z);
  }

  private static Mixing mixing(
      Ops tf, Weights graft, SiteLayers layers, GeneratorHook.Site site, Operand<TFloat32> z) {
    int group = layers.groups().get(site.index());
    return AdaptivePointwise.mixing(tf, ofSite(graft, site), z, site.channels(), group);
  }

  private static Weights ofSite(Weights graft, GeneratorHook.Site site) {
    return graft.in("site_" + site.index());
  }

  private Weights ofEarlier(int number) {
    return rootstock().in(StoredGenerator.added(number));
  }

  /** Weights counted by site: one line per site in their order, and the sum. */
  static List<String> bySite(List<Weight> trained) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Weight weight : trained) {
      counts.merge(site(weight.name()), weight.count(), Long::sum);
    }
    counts.put("trained in all", counts.values().stream().mapToLong(Long::longValue).sum());
    return counts.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%-40s %,12d", e.getKey(), e.getValue()))
        .toList();
  }

  /** {@code generator/block_0/norm_1}, {@code graft/site_0} or {@code graft/latents}. */
  private static String site(String weight) {
    List<String> path = List.of(weight.split("/"));
    return String.join("/", path.subList(0, path.get(0).equals("generator") ? 3 : 2));
  }

  private final class Hook implements GeneratorHook {
    private final Operand<TFloat32> z;

    private Hook(Operand<TFloat32> z) {
      this.z = z;
    }

    @Override
    public Operand<TFloat32> normalised(Ops tf, Site site, Operand<TFloat32> x, Affine affine) {
      Operand<TFloat32> below = x;
      Affine left = affine;
      for (int i = 0; i < earlier.size(); i++) {
        if (earlier.get(i).at(site.index())) {
          Ops scope = tf.withSubScope("EarlierGraft" + (i + 1));
          below = layer(scope, ofEarlier(i), earlier.get(i).layers(), site, below, left);
          left = unchanged(scope, site.channels());
        }
      }
      if (layers.at(site.index()) && method == GraftMethod.POINT_WISE) {
        return layer(tf.withSubScope("AdaptivePointwise"), scion(), layers, site, below, left);
      }
      // The normalisation itself is left where no graft has a layer.
      return left == affine ? affine.apply(tf, x) : below;
    }

    private Operand<TFloat32> layer(
        Ops tf, Weights graft, SiteLayers all, Site site, Operand<TFloat32> x, Affine affine) {
      Operand<TFloat32> grouped =
          AdaptivePointwise.apply(tf, mixing(tf, graft, all, site, z), affine, x);
      if (all.rank() == 0) {
        return grouped;
      }
      Weights lowRank = ofSite(graft, site).in("low_rank");
      return tf.math.add(grouped, LowRankPointwise.apply(tf, lowRank, z, all.rank(), affine, x));
    }

    private static Affine unchanged(Ops tf, int channels) {
      return new Affine(
          tf.ones(tf.constant(new int[] {channels}), TFloat32.class),
          tf.zeros(tf.constant(new int[] {channels}), TFloat32.class));
    }

    @Override
    public Operand<TFloat32> firstMap(Ops tf, Operand<TFloat32> x) {
      Operand<TFloat32> below = x;
      for (int i = 0; i < earlier.size(); i++) {
        below = firstMap(tf.withSubScope("EarlierGraft" + (i + 1)), ofEarlier(i), below);
      }
      return firstMap(tf, scion(), below);
    }

    private static Operand<TFloat32> firstMap(Ops tf, Weights graft, Operand<TFloat32> x) {
      Ops scope = tf.withSubScope("FirstMap");
      Shape channels = Shape.of(x.shape().get(3));
      Weights first = graft.in("first_map");
      return new Affine(
              first.trained(scope, "scale", channels, Initializer.ones()),
              first.trained(scope, "shift", channels, Initializer.zeros()))
          .apply(scope, x);
    }
  }
}
