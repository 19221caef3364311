package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

class ActivationChoiceTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-4f);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relu",
        "lrelu:0.01",
        "prelu",
        "elu",
        "selu",
        "psf",
        "psf:-2.0",
        "psf-channel:1.5"
      })
  void isWrittenAsItIsRead(String text) {
    ActivationChoice choice = ActivationChoice.parse("activation", text);
    assertThat(choice).hasToString(text);
    assertThat(ActivationChoice.parse("activation", choice.toString())).isEqualTo(choice);
  }

  @ParameterizedTest
  @CsvSource({
    "relu, 0, 3, 0",
    "LReLU, -0.4, 3, 0",
    "lrelu:0.5, -1, 3, 0",
    "prelu, -0.5, 3, 1",
    "elu, -0.86466, 3, 0",
    "selu, -1.52017, 3.15210, 0",
    "psf, -0.66667, 3, 1",
    "psf:1, -1.15223, 3, 1",
    "psf-channel:1, -1.15223, 3, 3"
  })
  void isTheFunctionOfItsName(String text, float ofMinusTwo, float ofThree, long parameters) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0);
      Operand<TFloat32> y =
          ActivationChoice.parse("activation", text)
              .activation()
              .apply(tf, weights, tf.constant(new float[][] {{-2, 3, -2}}));
      WeightValues.initialise(session, weights);
      try (TFloat32 values = (TFloat32) session.runner().fetch(y).run().get(0)) {
        assertThat(values.getFloat(0, 0)).isCloseTo(ofMinusTwo, CLOSE);
        assertThat(values.getFloat(0, 1)).isCloseTo(ofThree, CLOSE);
      }
      assertThat(weights.trained().stream().map(Weight::count).toList())
          .isEqualTo(parameters == 0 ? List.of() : List.of(parameters));
    }
  }

  @Test
  void whatCannotBeUsedIsNamed() {
    refused(
        "psf-chanel:1",
        "activation is 'psf-chanel:1'; the nearest is psf-channel, and there are relu, lrelu:SLOPE, prelu, elu, selu, psf:ALPHA, psf-channel:ALPHA");
    refused(
        "psf:high", "activation is 'psf:high', where 'high' is no number; give α as in psf:0.5");
    refused("psf:NaN", "activation is 'psf:NaN', where α is NaN; give a number from -20 to 20");
    refused("lrelu:2", "activation is 'lrelu:2', where the slope is 2; give a number from 0 to 1");
    refused("relu:1", "activation is 'relu:1', and relu takes no number; leave it out");
  }

  /** For callers that name no text. */
  @Test
  void theFunctionsRefuseAnAlphaOutOfItsRange() {
    for (float alpha : new float[] {20.5f, -100, Float.NaN}) {
      String message = "α is %s; give a number from -20 to 20".formatted(alpha);
      assertThatThrownBy(() -> Activation.parametricSoftsign(alpha))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> Activation.parametricSoftsignByChannel(alpha))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }
    assertThat(Activation.parametricSoftsign(-20)).isNotNull();
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> ActivationChoice.parse("activation", text))
        .isInstanceOf(BadInputException.class)
        .hasMessage(message);
  }
}
