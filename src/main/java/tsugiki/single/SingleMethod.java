package tsugiki.single;

import java.util.Locale;
import tsugiki.model.PyramidGenerator.Borders;

/** The papers whose way of training on one image can be chosen. */
public enum SingleMethod {
  /** One generator that grows, its last stages trained together (Hinz et al. 2021). */
  CONSINGAN,
  /** A generator for each stage, trained one after the other (Shaham et al. 2019). */
  SINGAN;

  /** The method that a mode is trained by where none is named. */
  public static SingleMethod of(SingleMode mode) {
    return mode.enlargesImages() ? SINGAN : CONSINGAN;
  }

  /** The side of the patches that a discriminator of these networks scores, in pixels. */
  int patch(StageNetworkOptions network) {
    // Of PyramidDiscriminator and SinGanLayers, which load TensorFlow.
    int convolutions = this == CONSINGAN ? network.layers() + 2 : network.layers();
    return 2 * convolutions + 1;
  }

  /** How stages of these networks are built and trained. */
  StageMethod stages(StageNetworkOptions network, Borders borders, StageTrainingOptions training) {
    return switch (this) {
      case CONSINGAN -> new ConSinGan(network, borders, training.trainDepth(), training.lrScale());
      case SINGAN -> new SinGan(network);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
