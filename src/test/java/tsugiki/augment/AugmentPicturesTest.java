package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.data.TrainingImages;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Pixels;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.report.ImageGrid;
import tsugiki.runtime.Sessions;

/**
 * The picture of all augmentations in the documentation: eight faces as each of them makes them, a
 * row with its name for each. A new one is written to {@code target/augmentation.png}.
 */
class AugmentPicturesTest {
  private static final Path SHOWN = Path.of("src/site/resources/augmentation.png");
  private static final Path MADE = Path.of("target/augmentation.png");
  private static final String REAL = "real images";
  private static final int SIDE = 64;
  private static final int SAMPLES = 8;
  private static final int GAP = 2;

  /** One of several that this seed gives: every transformation of ADA is in it. */
  private static final long SEED = 3;

  @Test
  void theDocumentationShowsWhatTheAugmentationsDo() throws IOException {
    String folder = System.getProperty("tsugiki.data", "");
    Path zip = Path.of(folder, "faces-1000.zip");
    assumeThat(zip).as("the faces of -Dtsugiki.data").exists();
    byte[] faces =
        TrainingImages.load(zip, List.of(), SIDE)
            .select(IntStream.range(0, SAMPLES).toArray())
            .pixels();
    Map<String, byte[]> rows = rows(faces);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    rows.values().forEach(all::writeBytes);
    BufferedImage grid =
        ImageGrid.of(all.toByteArray(), rows.size() * SAMPLES, SIDE, SIDE, SAMPLES, GAP, 1);
    Files.createDirectories(MADE.getParent());
    ImageGrid.write(ImageGrid.withRowLabels(grid, List.copyOf(rows.keySet())), MADE);
    // The names at the left are as wide as the machine's letters.
    BufferedImage shown = ImageIO.read(new File(SHOWN.toString()));
    assertThat(shown.getWidth()).isGreaterThan(grid.getWidth());
    assertThat(shown.getHeight()).isEqualTo(grid.getHeight());
    BufferedImage images =
        shown.getSubimage(shown.getWidth() - grid.getWidth(), 0, grid.getWidth(), grid.getHeight());
    int row = 0;
    for (Map.Entry<String, byte[]> made : rows.entrySet()) {
      int top = row++ * (SIDE + GAP);
      assertThat(difference(strip(images, top), strip(grid, top))).as(made.getKey()).isLessThan(2);
      if (!made.getKey().equals(REAL)) {
        assertThat(made.getValue()).as(made.getKey()).isNotEqualTo(faces);
      }
    }
  }

  /** A row of images with the gaps above and below. */
  private static BufferedImage strip(BufferedImage grid, int top) {
    return grid.getSubimage(0, top, grid.getWidth(), SIDE + 2 * GAP);
  }

  private static Map<String, byte[]> rows(byte[] images) {
    Map<String, byte[]> rows = new LinkedHashMap<>();
    rows.put(REAL, images);
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Randomness random = new Randomness(tf, SEED);
      Shape shape = Shape.of(SAMPLES, SIDE, SIDE, 3);
      Operand<TFloat32> x = Pixels.toFloats(tf, constant(tf, shape, images));
      Map<String, Operand<TFloat32>> augmented = new LinkedHashMap<>();
      for (DiffAugment.Part part : DiffAugment.Part.values()) {
        augmented.put(part.toString(), new DiffAugment(random, Set.of(part)).apply(tf, x, "p"));
      }
      augmented.put(
          "all three",
          new DiffAugment(random, EnumSet.allOf(DiffAugment.Part.class)).apply(tf, x, "p"));
      for (float p : new float[] {0.2f, 0.6f}) {
        augmented.put(
            "ada, p = " + p, new AdaptiveAugment(random).apply(tf, x, tf.constant(p), "p"));
      }
      augmented.put("cr, bcr", new ConsistencyAugment(random).apply(tf, x, "p"));
      for (StaticPolicy policy : StaticPolicy.values()) {
        if (policy != StaticPolicy.GENERATED) {
          augmented.put(
              policy.toString(), new StaticAugment(random, List.of(policy)).apply(tf, x, "p"));
        }
      }
      rows.putAll(run(graph, tf, random, augmented));
    }
    return rows;
  }

  private static Operand<TUint8> constant(Ops tf, Shape shape, byte[] images) {
    try (TUint8 pixels = Tensors.bytes(shape, images)) {
      return tf.constantOf(pixels);
    }
  }

  private static Map<String, byte[]> run(
      Graph graph, Ops tf, Randomness random, Map<String, Operand<TFloat32>> augmented) {
    try (Session session = Sessions.open(graph);
        TInt64 key = TInt64.scalarOf(1)) {
      Session.Runner runner = session.runner().feed(random.step(), key);
      augmented.values().forEach(images -> runner.fetch(Pixels.toBytes(tf, images)));
      Map<String, byte[]> rows = new LinkedHashMap<>();
      try (Result result = runner.run()) {
        augmented
            .keySet()
            .forEach(name -> rows.put(name, Tensors.toBytes((TUint8) result.get(rows.size()))));
      }
      return rows;
    }
  }

  /** The mean difference of two pictures' samples. */
  private static double difference(BufferedImage a, BufferedImage b) {
    long sum = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          sum += Math.abs((a.getRGB(x, y) >> shift & 255) - (b.getRGB(x, y) >> shift & 255));
        }
      }
    }
    return sum / (3.0 * a.getWidth() * a.getHeight());
  }
}
