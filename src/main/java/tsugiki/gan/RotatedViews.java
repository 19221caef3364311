package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Rotation;
import tsugiki.graph.Rows;
import tsugiki.model.ClassVectors;

/**
 * Rotated images as further real and generated images, without a head: the discriminator scores
 * them all alike, and both losses are means over them. They are the images that {@link
 * RotationTask} would turn, so that a training with its head can be compared with one that has as
 * many views of the images.
 *
 * @param batch upright images
 * @param rotated how many of them, the last ones, are also shown at 90°, 180° and 270°; 0 for none
 */
record RotatedViews(int batch, int rotated) {
  /** Those that the options ask for. */
  static RotatedViews of(GanOptions options) {
    int batch = options.batch();
    SupervisionOptions supervision = options.supervision();
    return new RotatedViews(batch, supervision.views() ? supervision.rotatedImages(batch) : 0);
  }

  /** The images that are scored, of each kind. */
  int count() {
    return batch + (Rotation.TURNS - 1) * rotated;
  }

  /**
   * The images that are scored.
   *
   * @param upright [batch, S, S, 3]
   * @return [{@link #count}, S, S, 3], the upright ones first
   */
  Operand<TFloat32> images(Ops tf, Operand<TFloat32> upright) {
    return rotated == 0
        ? upright
        : Rotation.withTurned(tf.withSubScope("Views"), upright, batch - rotated, rotated);
  }

  /** Their classes, by those of the upright ones. */
  ClassVectors classes(ClassVectors upright) {
    return rotated == 0 ? upright : upright.withTurned(batch - rotated, rotated);
  }

  /**
   * The features of the upright images.
   *
   * @param features of all [count, …]
   * @return [batch, …]
   */
  Operand<TFloat32> upright(Ops tf, Operand<TFloat32> features) {
    return rotated == 0 ? features : Rows.of(tf, features, 0, batch);
  }
}
