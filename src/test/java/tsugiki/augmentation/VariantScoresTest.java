package tsugiki.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.base.TestZips;
import tsugiki.gan.GanRunOptions;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/** What the scores of a study say of their classifier, before it has weights. */
class VariantScoresTest {
  @TempDir private Path folder;
  private String resnet;

  /** A file that names a weight of ResNet-50, which is all that opening it reads. */
  @BeforeEach
  void write() throws IOException {
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    NumpyFile.write(array, new float[] {0}, 1);
    byte[] zip = TestZips.of("conv1_conv/kernel.npy", array.toByteArray());
    resnet = "resnet50:" + Files.write(folder.resolve("resnet50.npz"), zip);
  }

  @Test
  void classesWithoutNamesAreWantedByTheirNumbersOnceEach() {
    assertThat(networks("0", "999", "00").wanted()).containsExactly(0, 999);
  }

  /** Not after the first training, when its images are counted. */
  @ParameterizedTest
  @ValueSource(strings = {"1000", "1500", "-1", "dog"})
  void aClassThatTheClassifierLacksIsRefusedAtTheStart(String wanted) {
    assertThatThrownBy(() -> networks(wanted))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "wanted is %s, which the classifier does not have; its classes have no names here, so give numbers from 0 to 999"
                .formatted(wanted));
  }

  @Test
  void onlyTheNetworkOfTheInceptionScoreGivesIt() {
    assertThat(VariantScores.classScore(new OfInceptionScore(), 20))
        .isEqualTo(
            "is: exp E KL(p(y|x) ‖ p(y)) of 20 generated images, one split, by softmax; the Inception Score's own network.");
    assertThat(
            VariantScores.classScore(
                FrozenNetworks.open("classifier", resnet, "probabilities"), 20))
        .startsWith("resnet50_class_score: ")
        .contains("another network's classes, and compares with no published score")
        .endsWith("trained with the labels of ImageNet: of such images it is no blind judge.");
  }

  private VariantScores.Networks networks(String... wanted) {
    GanRunOptions gan = GanRunOptions.defaults(folder, Execution.here(Device.CPU));
    return VariantScores.Networks.open(
        AugmentationStudyOptions.defaults(gan).withClassifier(resnet).withWanted(List.of(wanted)));
  }

  /** A network with the weights of the Inception Score, as far as words go. */
  private static final class OfInceptionScore implements FrozenNetwork {
    @Override
    public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
      throw new UnsupportedOperationException("it has no weights");
    }

    @Override
    public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
      throw new UnsupportedOperationException("it has no weights");
    }

    @Override
    public void fill(Session session, Weights weights) {
      throw new UnsupportedOperationException("it has no weights");
    }

    @Override
    public String name() {
      return "inception";
    }

    @Override
    public String protocol() {
      return "softmax";
    }

    @Override
    public String classScore() {
      return "is";
    }
  }
}
