package tsugiki.graft;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSource;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.savedmodel.StoredGenerator;

/**
 * What a graft reads, found and decoded without TensorFlow's library.
 *
 * @param rootstock the generator
 * @param images the training images at the generator's size
 * @param perceptual the network of the perceptual loss
 * @param judges the networks to score with
 * @param projector the network of the finish's discriminator, where there is a finish
 * @param heldOut images that only judge the finish, where there are enough
 */
public record GraftInput(
    StoredGenerator rootstock,
    ImageSet images,
    FrozenNetwork perceptual,
    List<FrozenNetwork> judges,
    Optional<FrozenNetwork> projector,
    Optional<ImageSet> heldOut) {

  /** The same without a finish. */
  public GraftInput(
      StoredGenerator rootstock,
      ImageSet images,
      FrozenNetwork perceptual,
      List<FrozenNetwork> judges) {
    this(rootstock, images, perceptual, judges, Optional.empty(), Optional.empty());
  }

  /**
   * Finds it.
   *
   * @throws BadInputException if something is not there or cannot be used
   */
  public static GraftInput open(GraftOptions options) {
    StoredGenerator rootstock = StoredGenerator.open(options.generator());
    return of(options, rootstock, () -> images(options, rootstock.architecture().size()));
  }

  /**
   * Finds the networks for images that are there.
   *
   * @param decoded gives the training images, after everything else was found
   * @throws BadInputException if something is not there or cannot be used
   */
  static GraftInput of(
      GraftOptions options, StoredGenerator rootstock, Supplier<ImageSet> decoded) {
    options.checkLayers(rootstock.architecture());
    options.learning().start().labels(rootstock.classes());
    FrozenNetwork perceptual = FrozenNetworks.open("⟨perceptual⟩", options.loss().perceptual());
    List<FrozenNetwork> judges =
        options.watch().scoreNetworks().stream()
            .map(name -> FrozenNetworks.open("⟨network⟩", name))
            .toList();
    Optional<FrozenNetwork> projector =
        options.finish().wanted()
            ? Optional.of(
                FrozenNetworks.open("⟨finishProjector⟩", options.finish().finishProjector()))
            : Optional.empty();
    options.finish().source();
    ImageSet images = decoded.get();
    if (!judges.isEmpty()) {
      refuseCopies(images);
    }
    return new GraftInput(rootstock, images, perceptual, judges, projector, Optional.empty())
        .split(options.learning().seed());
  }

  /** Scores are relative to the distances between the images, so all of these cannot be 0. */
  private static void refuseCopies(ImageSet images) {
    byte[] first = images.image(0).rgb();
    boolean alike =
        IntStream.range(1, images.count())
            .allMatch(i -> Arrays.equals(first, images.image(i).rgb()));
    if (alike && images.count() > 1) {
      throw new BadInputException(
          "⟨images⟩ holds %d images that are all the same; give different ones, or one of them by ⟨limit⟩ 1"
              .formatted(images.count()));
    }
  }

  /** Holds some images out where there are enough, and a judge who needs them. */
  GraftInput split(long seed) {
    if (judge().isEmpty() || images.count() < FinishOptions.ENOUGH_IMAGES) {
      return this;
    }
    int out = Math.min(images.count() / 5, FinishOptions.MOST_HELD_OUT);
    // The order of held-out images tells in the last digits of their scores, and stays as it was.
    int[] order = new Batches(images, images.count(), seed).indices(0);
    return new GraftInput(
        rootstock,
        images.select(Batches.part(images, seed, out, images.count())),
        perceptual,
        judges,
        projector,
        Optional.of(images.select(Arrays.copyOf(order, out))));
  }

  /** The first network to score with that has no part in a loss; it needs two images. */
  Optional<FrozenNetwork> judge() {
    return judges.stream()
        .filter(network -> projector.isPresent() && images.count() > 1)
        .filter(
            network ->
                !network.sharesPassWith(perceptual)
                    && !network.sharesPassWith(projector.orElseThrow()))
        .findFirst();
  }

  private static ImageSet images(GraftOptions options, int size) {
    try (ImageSource all = ImageSource.open(options.images())) {
      ImageSource source = options.limit() > 0 ? all.limit(options.limit()) : all;
      if (source.count() > GraftOptions.MOST_IMAGES) {
        throw new BadInputException(
            "⟨images⟩ %s holds %d images; a graft takes at most %d, so choose with ⟨limit⟩"
                .formatted(options.images(), source.count(), GraftOptions.MOST_IMAGES));
      }
      return ImageSet.load(source, size, options.onBadImage(), options.crop());
    }
  }
}
