package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.data.ImageSet;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.loss.GanLoss;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.score.MeanColour;
import tsugiki.train.Step;

/**
 * The gradient penalty of a step, by hand: real images are white, generated ones grey, so that a
 * mixed image has its own share of white in every pixel; and the score is a sum of squares, whose
 * slope is twice the image times the weight of its class.
 */
class PenaltyByHandTest {
  private static final int BATCH = 4;
  private static final int WHITE = 0xffffff;
  private static final int[] LABELS = {2, 0, 1, 2};

  private static final GanOptions OPTIONS =
      TinyGan.options(SupervisionOptions.defaults()).withLoss(GanLoss.WASSERSTEIN_GP);

  private static final DiscriminatorNetwork SQUARES =
      (tf, layers, images) -> {
        Operand<TFloat32> squares = tf.math.square(images);
        long pixels = images.shape().size() / images.shape().get(0);
        return List.of(tf.reshape(squares, tf.constant(new long[] {-1, pixels})));
      };

  @Test
  void everyMixedImageHasAShareOfItsOwnAndTheClassOfItsRealImage() {
    int side = TinyGan.smallImages().size();
    ImageSet white =
        MeanColour.images(side, WHITE, WHITE, WHITE, WHITE).withLabels(LABELS, TinyGan.CLASSES);
    try (GanTraining training =
        new GanTraining(
            OPTIONS,
            TinyGan.smallest(TinyGan.CLASSES.size()),
            white,
            TrainingLabels.of(white),
            SQUARES,
            Sessions.Settings.cpu())) {
      for (Weight weight : training.steps().trained()) {
        if (!weight.name().startsWith("generator/") || !weight.name().endsWith("kernel")) {
          WeightValues.set(training.session(), weight, values(weight));
        }
      }
      assertThat(penalty(training, white)).isCloseTo(expected(), within(1e-4));
    }
  }

  /** Nothing but the head: linear weights of 1, and embeddings of 1, 2 and 3. */
  private static float[] values(Weight weight) {
    float[] values = new float[Math.toIntExact(weight.count())];
    boolean embedding = weight.name().contains("head/embedding");
    if (embedding || weight.name().endsWith("head/linear/kernel")) {
      int row = values.length / (embedding ? TinyGan.CLASSES.size() : 1);
      for (int i = 0; i < values.length; i++) {
        values[i] = 1 + i / row;
      }
    }
    return values;
  }

  private static double penalty(GanTraining training, ImageSet images) {
    int[] chosen = {0, 1, 2, 3};
    try (Step.Batch reals =
        training.steps().reals().feeds(images.pixels(), chosen, new long[BATCH])) {
      return training
          .steps()
          .discriminatorStep()
          .trace(training.session(), 0, reals.tensors(), "penalty")
          .get("penalty")[0];
    }
  }

  /**
   * Divided by their spectral norms, the linear weights have length 1, and the embeddings of the
   * classes 1/√14, 2/√14 and 3/√14.
   */
  private static double expected() {
    float[] shares = shares();
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      double weight = 1 + (1 + LABELS[i]) / Math.sqrt(14);
      sum += Math.pow(2 * shares[i] * weight - 1, 2);
    }
    assertThat(shares).doesNotHaveDuplicates();
    return sum / BATCH;
  }

  /** What the discriminator's first step draws. */
  private static float[] shares() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Randomness random = new Randomness(tf, OPTIONS.seed());
      Operand<TFloat32> share =
          random.perImage().uniform(tf, "gradient penalty", Shape.of(BATCH, 1, 1, 1));
      try (Session session = Sessions.open(graph);
          TInt64 key = TInt64.scalarOf(0);
          Result result = session.runner().feed(random.step(), key).fetch(share).run()) {
        return Tensors.toFloats((TFloat32) result.get(0));
      }
    }
  }
}
