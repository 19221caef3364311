/**
 * Images from files to batches: finding them ({@link tsugiki.data.ImageSource}), decoding them
 * safely ({@link tsugiki.data.ImageDecoder}), bringing them to one size ({@link
 * tsugiki.data.Resampler}), holding them ({@link tsugiki.data.ImageSet}), finding the labels that
 * people gave them ({@link tsugiki.data.GivenSource}) and drawing batches from them that depend on
 * nothing but the seed and the step ({@link tsugiki.data.Batches}).
 *
 * <p>Pixels are RGB, uint8 in a {@code byte[]}, row-major: one image is [height, width, 3], a batch
 * [N, height, width, 3]. A file or folder that cannot be used is a {@link
 * tsugiki.base.BadInputException} whose one sentence names it.
 *
 * <p>It uses {@code base} and no TensorFlow, so that bad input is found before TensorFlow is
 * loaded.
 */
package tsugiki.data;
