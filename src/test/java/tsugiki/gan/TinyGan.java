package tsugiki.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.augment.Augmentation;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Resample;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/** The smallest GAN that has all parts: 16 pixels, 8 channels, batch 4, three classes. */
final class TinyGan {
  static final List<String> CLASSES = List.of("dots", "rings", "stripes");
  static final int SIZE = 16;
  static final BigGanOptions OPTIONS = new BigGanOptions(SIZE, 8, List.of(2, 1, 1), 8, 16, false);
  static final BigGanNetworks NETWORKS = new BigGanNetworks(OPTIONS.architecture(CLASSES.size()));

  private TinyGan() {}

  /** Networks of two blocks for 8 pixels, which are built in a fraction of the time. */
  static BigGanNetworks smallest(int classes) {
    return new BigGanNetworks(
        new BigGanOptions(8, 8, List.of(1, 1), 0, 8, false).architecture(classes));
  }

  /** How it is trained; augmented, so that a resumed run has to draw the same augmentations. */
  static GanOptions options(DiscriminatorKind kind) {
    DiscriminatorOptions discriminator =
        kind == DiscriminatorKind.PROJECTED
            ? DiscriminatorOptions.projected("fake")
            : DiscriminatorOptions.defaults();
    return GanOptions.defaults(discriminator.withProjectionWidth(8))
        .withBatch(4)
        .withSteps(6)
        .withStandingBatches(2)
        .withAugment(Set.of(Augmentation.COLOR, Augmentation.TRANSLATION, Augmentation.CUTOUT))
        .withSeed(11);
  }

  /** The recipe's own discriminator without augmentation, and the heads beside its score. */
  static GanOptions options(SupervisionOptions supervision) {
    return GanOptions.defaults()
        .withBatch(4)
        .withSteps(6)
        .withStandingBatches(2)
        .withSeed(11)
        .withSupervision(supervision);
  }

  /** Twelve images of noise, four a class. */
  static ImageSet images() {
    return images(SIZE);
  }

  /** The same for the networks of {@link #smallest}. */
  static ImageSet smallImages() {
    return images(8);
  }

  /** The same of any side. */
  static ImageSet images(int side) {
    SplittableRandom random = new SplittableRandom(4);
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      byte[] rgb = new byte[side * side * 3];
      random.nextBytes(rgb);
      images.add(new RgbImage("image" + i, side, side, rgb));
    }
    int[] labels = IntStream.range(0, 12).map(i -> i % 3).toArray();
    return ImageSet.of(images, "all").withLabels(labels, CLASSES);
  }

  /** A training of {@link #smallest} on {@link #smallImages}. */
  static GanTraining smallTraining(GanOptions options, TrainingLabels labels) {
    BigGanNetworks networks = smallest(labels.classNames().size());
    return new GanTraining(
        options, networks, smallImages(), labels, networks, Sessions.Settings.cpu());
  }

  /** The discriminator of that kind, a projected one through {@link Fake}. */
  static DiscriminatorNetwork discriminator(DiscriminatorKind kind) {
    return kind == DiscriminatorKind.OWN ? NETWORKS : new ProjectedNetwork(new Fake(), 16, 8, 0);
  }

  /** Two convolutions with fixed numbers in place of a pre-trained network. */
  static final class Fake implements FrozenNetwork {
    @Override
    public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
      Initializer unused = Initializer.zeros();
      Operand<TFloat32> fine =
          tf.nn.relu(Conv2d.same(tf, weights.in("a"), Kernels.PLAIN, images, 6, 3, unused));
      Operand<TFloat32> coarse =
          Conv2d.same(tf, weights.in("b"), Kernels.PLAIN, Resample.halved(tf, fine), 5, 3, unused);
      return List.of(fine, tf.nn.relu(coarse));
    }

    @Override
    public void fill(Session session, Weights weights) {
      for (Weight weight : weights.all()) {
        float[] values = new float[(int) weight.count()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) Math.sin(i) / 3;
        }
        WeightValues.set(session, weight, values);
      }
      weights.derive(session);
    }

    @Override
    public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
      Operand<TFloat32> images =
          tf.math.sub(tf.math.mul(pixels, tf.constant(2f / 255)), tf.constant(1f));
      return tf.math.mean(maps(tf, weights, images).get(1), tf.constant(new int[] {1, 2}));
    }

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public String protocol() {
      return "two fixed convolutions";
    }
  }
}
