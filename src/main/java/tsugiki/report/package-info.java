/**
 * What a run shows of itself: image grids, animations, line charts, TensorBoard event files and the
 * HTML page of a run directory.
 *
 * <p>Everything here takes plain values (bytes, numbers, text) and writes files; nothing knows
 * which network or training the values came from. The room uses no other room of the house. It may
 * use TensorFlow's generated protocol classes ({@code org.tensorflow.proto}) for event files, and
 * never loads TensorFlow's native library.
 *
 * <p>Images arrive as RGB uint8: one image row-major HWC, a batch NHWC in one {@code byte[]}. Every
 * file but an event file is written beside its final name first and moved there in one step, so
 * that a reader sees the old file or the new one and never a half.
 */
package tsugiki.report;
