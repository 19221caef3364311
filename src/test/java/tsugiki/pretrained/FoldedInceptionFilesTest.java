package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Weights;
import tsugiki.model.InceptionOutput;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

class FoldedInceptionFilesTest {
  @TempDir Path folder;

  @Test
  void kernelsHaveTheirOutputsFirstInTheFileAndLastInTheGraph() throws IOException {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen();
      weights.in("conv").trained(tf, "kernel", Shape.of(1, 2, 3, 2), null);
      weights.in("conv").trained(tf, "bias", Shape.of(2), null);
      write("weights_conv.dat", 0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15);
      write("bias_conv.dat", 7, 8);

      new FoldedInceptionFiles(folder).fill(session, weights);

      assertThat(WeightValues.get(session, weights.get("conv/kernel")))
          .containsExactly(0, 10, 1, 11, 2, 12, 3, 13, 4, 14, 5, 15);
      assertThat(WeightValues.get(session, weights.get("conv/bias"))).containsExactly(7, 8);
    }
  }

  @Test
  void theFirstMissingFileIsNamedAndTheOthersAreCounted() throws IOException {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen();
      weights.in("conv").trained(tf, "bias", Shape.of(1), null);
      weights.in("mixed_9/tower/conv").trained(tf, "kernel", Shape.of(1, 1, 1, 1), null);
      weights.in("mixed_9/tower/conv").trained(tf, "bias", Shape.of(1), null);
      write("bias_conv.dat", 1);

      assertThatThrownBy(() -> new FoldedInceptionFiles(folder).fill(session, weights))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("lacks weights_mixed_9_tower_conv.dat and 1 others;");
    }
  }

  @Test
  void theFilesOfATapAreLookedForBeforeTheNetworkIsBuilt() throws IOException {
    FoldedInceptionFiles files = new FoldedInceptionFiles(folder);
    assertThatThrownBy(() -> files.check(InceptionOutput.MEAN_768))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("lacks weights_conv.dat and 139 others;");
    for (String name : FoldedInceptionFiles.needed(InceptionOutput.MEAN_64)) {
      write(name, 0);
    }
    assertThat(folder.toFile().list()).hasSize(6);
    files.check(InceptionOutput.MEAN_64);
    assertThatThrownBy(() -> files.check(InceptionOutput.MEAN_192))
        .hasMessageContaining("lacks weights_conv_3.dat and 3 others;");
    assertThatThrownBy(() -> files.check(InceptionOutput.LOGITS))
        .hasMessageContaining("has no weights_softmax.dat");
  }

  @Test
  void theListedFilesAreThoseOfTheNetwork() throws IOException {
    List<String> network =
        Files.readAllLines(Path.of("graphs/inception-2015.txt")).stream()
            .filter(line -> line.matches("inception/.*/(kernel|bias) .*"))
            .filter(line -> !line.contains("softmax"))
            .map(line -> line.split(" ")[0].substring("inception/".length()))
            .map(FoldedInceptionFilesTest::file)
            .distinct()
            .toList();
    assertThat(FoldedInceptionFiles.needed(InceptionOutput.MEAN_2048)).isEqualTo(network);
    assertThat(FoldedInceptionFiles.needed(InceptionOutput.MEAN_1280))
        .last()
        .isEqualTo("bias_mixed_8_tower_1_conv_3.dat");
  }

  private static String file(String weight) {
    int kind = weight.lastIndexOf('/');
    return (weight.endsWith("kernel") ? "weights_" : "bias_")
        + weight.substring(0, kind).replace('/', '_')
        + ".dat";
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      FoldedInceptionFiles files = new FoldedInceptionFiles(folder.resolve("nowhere"));
      assertThatThrownBy(() -> files.fill(session, Weights.frozen()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("nowhere' is not a folder");
    }
  }

  @Test
  void aFileOfAnotherLengthIsRefused() throws IOException {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Weights weights = Weights.frozen();
      weights.in("conv").trained(GraphScope.ops(graph), "bias", Shape.of(3), null);
      write("bias_conv.dat", 1, 2);

      assertThatThrownBy(() -> new FoldedInceptionFiles(folder).fill(session, weights))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("bias_conv.dat' has 8 bytes, but its layer needs 12");
    }
  }

  private void write(String name, float... values) throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    Files.write(folder.resolve(name), buffer.array());
  }
}
