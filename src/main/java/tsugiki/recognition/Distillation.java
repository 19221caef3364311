package tsugiki.recognition;

import com.google.common.collect.Iterables;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.Opened;
import tsugiki.base.StatelessRandom;
import tsugiki.data.ImageSet;
import tsugiki.model.FrozenNetwork;
import tsugiki.recognition.TeacherNetwork.Target;
import tsugiki.recognition.TeacherViews.View;
import tsugiki.runtime.Sessions;
import tsugiki.train.TrainingTask;

/**
 * What a student learns from: views of images and the teacher's maps of them. The teacher is slow,
 * so its maps are computed once for every view and kept in a file, a few more with every step;
 * batches are drawn from those that are there. Which views a step may draw from follows from its
 * number, so that a resumed run draws what it would have drawn.
 */
final class Distillation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Distillation.class);

  /** Views before the first step, over which the teacher's channels are standardised. */
  static final int FIRST = 512;

  /** Views of images that are not learned from, to measure by. */
  private static final int HELD_OUT = 256;

  /** Views that a dry run tries. */
  static final int TRIED = 16;

  /** To be raised when the views or the teacher's input change. */
  private static final int VERSION = 2;

  /** Views whose maps are computed in one call. */
  private static final int AT_ONCE = 16;

  private final TeacherOptions options;
  private final long seed;
  private final TeacherViews views;
  private final TeacherNetwork teacher;
  private final ViewFile trained;
  private final ViewFile heldOut;
  private final int pixels;

  /**
   * A batch.
   *
   * @param pixels uint8 [n, side, side, 3]
   * @param images that the views show [n], −1 for further images
   * @param maps the teacher's of each view, from the buffers' positions on
   */
  record Batch(byte[] pixels, int[] images, ByteBuffer[] maps) {}

  /**
   * Opens the teacher and the files.
   *
   * @param network the teacher
   * @param images of the training
   * @param further images without labels
   * @param stages of the student
   * @param folder where the files are
   * @throws tsugiki.base.BadInputException if the teacher does not fit the student
   */
  Distillation(
      TeacherOptions options,
      FrozenNetwork network,
      ImageSet images,
      Optional<ImageSet> further,
      int stages,
      long seed,
      Path folder,
      Sessions.Settings settings) {
    this.options = options;
    this.seed = seed;
    views = new TeacherViews(images, further, seed);
    pixels = images.imageLength();
    try (Opened opened = new Opened()) {
      teacher =
          opened.add(
              new TeacherNetwork(network, images.size(), options.teacherSide(), stages, settings));
      int length = Integer.BYTES + pixels + 2 * targets().stream().mapToInt(Target::length).sum();
      String key = key(options, network, images, further, stages, seed);
      trained = opened.add(new ViewFile(folder.resolve(key + ".bin"), length));
      heldOut = opened.add(new ViewFile(folder.resolve(key + "-held-out.bin"), length));
      opened.keep();
    }
  }

  private static String key(
      TeacherOptions options,
      FrozenNetwork network,
      ImageSet images,
      Optional<ImageSet> further,
      int stages,
      long seed) {
    Hasher hasher =
        Hashing.sha256()
            .newHasher()
            .putInt(VERSION)
            .putInt(options.teacherSide())
            .putInt(stages)
            .putLong(seed)
            .putString(network.weightsDigest().orElse(network.name()), StandardCharsets.UTF_8);
    for (ImageSet set : Iterables.concat(List.of(images), further.stream().toList())) {
      hasher.putInt(set.size()).putInt(set.count());
      for (int i = 0; i < set.count(); i++) {
        hasher.putBytes(set.image(i).rgb());
      }
    }
    return hasher.hash().toString();
  }

  /** What is predicted at each stage. */
  List<Target> targets() {
    return teacher.targets();
  }

  /**
   * The batch of a step.
   *
   * @param step from 0
   */
  Batch batch(long step, int size) {
    int there = (int) views(options, step);
    complete(trained, there, false);
    SplittableRandom random = StatelessRandom.of(seed, step, "views");
    int[] chosen = new int[size];
    Arrays.setAll(chosen, i -> random.nextInt(there));
    return read(trained, chosen);
  }

  /**
   * How long the teacher takes in a training, as tried now with a few views, whose maps are not
   * kept.
   *
   * @param wanted the views of that training, which this one may have fewer of
   * @param steps of that training
   */
  TrainingTask.Beside tried(TeacherOptions wanted, long steps) {
    byte[] some = TeacherViews.pixels(views.trained(0, AT_ONCE));
    long start = System.nanoTime();
    teacher.maps(some);
    double seconds = (System.nanoTime() - start) / 1e9 / AT_ONCE;
    long all = views(wanted, steps) + HELD_OUT;
    return new TrainingTask.Beside(
        "the teacher's maps of %d views, as far as no earlier run has kept them".formatted(all),
        all * seconds);
  }

  /** How many views there are after so many steps. */
  private static long views(TeacherOptions options, long steps) {
    return Math.max(FIRST, Math.min(options.views(), FIRST + steps * options.freshViews()));
  }

  /** The first views, for {@link TeacherLoss#moments}. */
  Batch first(int from, int to) {
    complete(trained, Math.max(FIRST, to), false);
    return read(trained, range(from, to));
  }

  /** How many views are held out. */
  int heldOut() {
    return HELD_OUT;
  }

  /** Views to measure by. */
  Batch heldOut(int from, int to) {
    complete(heldOut, HELD_OUT, true);
    return read(heldOut, range(from, to));
  }

  private static int[] range(int from, int to) {
    int[] chosen = new int[to - from];
    Arrays.setAll(chosen, i -> from + i);
    return chosen;
  }

  private void complete(ViewFile file, int wanted, boolean measured) {
    if (wanted - file.count() > AT_ONCE) {
      LOG.info("the teacher computes the maps of {} views", wanted - file.count());
    }
    while (file.count() < wanted) {
      int from = file.count();
      int to = Math.min(wanted, from + AT_ONCE);
      View[] some = measured ? views.heldOut(from, to) : views.trained(from, to);
      byte[][] maps = teacher.maps(TeacherViews.pixels(some));
      for (int i = 0; i < some.length; i++) {
        byte[] image = ByteBuffer.allocate(Integer.BYTES).putInt(some[i].image()).array();
        file.add(image, some[i].pixels(), maps[i]);
      }
    }
  }

  private Batch read(ViewFile file, int[] chosen) {
    byte[] all = new byte[chosen.length * pixels];
    int[] images = new int[chosen.length];
    ByteBuffer[] maps = new ByteBuffer[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      ByteBuffer row = file.row(chosen[i]);
      images[i] = row.getInt();
      row.get(all, i * pixels, pixels);
      maps[i] = row;
    }
    return new Batch(all, images, maps);
  }

  @Override
  public void close() {
    teacher.close();
    trained.close();
    heldOut.close();
  }
}
