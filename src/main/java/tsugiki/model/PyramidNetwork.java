package tsugiki.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * A generator whose stages enlarge one another's maps: features, of which a tail makes the image,
 * or the images themselves. Every call builds a part of it on the same weights.
 */
public interface PyramidNetwork {
  /** Channels of the images. */
  int IMAGE_CHANNELS = 3;

  /**
   * The map of the first stage.
   *
   * @param noise [N, h, w, its channels]
   * @return [N, h, w, M]
   */
  Operand<TFloat32> first(Ops tf, Operand<TFloat32> noise);

  /**
   * The map of a later stage.
   *
   * @param stage from 1
   * @param before the map of the stage before [N, h', w', M]
   * @param noise [N, h + 2m, w + 2m, its channels], m the network's margin
   * @param amplitude the factor on the noise, a scalar
   * @return [N, h, w, M]
   */
  Operand<TFloat32> next(
      Ops tf,
      int stage,
      Operand<TFloat32> before,
      Operand<TFloat32> noise,
      Operand<TFloat32> amplitude);

  /**
   * The image of a map.
   *
   * @param map [N, h, w, M]
   * @return [N, h, w, 3] in [−1, 1]
   */
  Operand<TFloat32> image(Ops tf, Operand<TFloat32> map);

  /**
   * A part of the map of a later stage, for images that are too large to be drawn at once.
   *
   * @param stage from 1
   * @param before a part of the map of the stage before, with two pixels more than the places below
   *     on each side, where there are any
   * @param noise [N, h + 2m, w + 2m, its channels]
   * @param amplitude the factor on the noise, a scalar
   * @param part which part
   * @return [N, h, w, M]
   */
  Operand<TFloat32> part(
      Ops tf,
      int stage,
      Operand<TFloat32> before,
      Operand<TFloat32> noise,
      Operand<TFloat32> amplitude,
      Part part);

  /**
   * A part of the image of a map.
   *
   * @param map [N, h, w, M], with as many pixels more than the part on each side as the tail reads,
   *     where there are any
   * @param zeros how many of these the map does not have beyond its borders [4, 2]
   * @return the part [N, h', w', 3] in [−1, 1]
   */
  Operand<TFloat32> imagePart(Ops tf, Operand<TFloat32> map, Operand<TInt32> zeros);

  /**
   * Where a part of a stage lies among the pixels of the part of the stage before.
   *
   * @param inputRows places of the rows that the convolutions read
   * @param inputColumns places of the columns that they read
   * @param rows places of the rows that come out
   * @param columns places of the columns that come out
   * @param zeros how many zeros the convolutions read beyond the image's borders [4, 2]
   */
  record Part(
      Operand<TFloat64> inputRows,
      Operand<TFloat64> inputColumns,
      Operand<TFloat64> rows,
      Operand<TFloat64> columns,
      Operand<TInt32> zeros) {}
}
