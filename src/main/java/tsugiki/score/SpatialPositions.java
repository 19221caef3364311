package tsugiki.score;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSupply;
import tsugiki.data.RgbImage;
import tsugiki.features.FeatureExtractor;
import tsugiki.features.Features;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.SpatialNetwork;
import tsugiki.runtime.Sessions;

/** The positions of an image's map as rows of features, for {@link Sifid}. */
public final class SpatialPositions implements AutoCloseable {
  /** The shorter side of the smallest image whose map has two positions on each side, in pixels. */
  public static final int SMALLEST_SIDE = 23;

  private final FeatureExtractor session;
  private final int channels;

  /** Builds and fills the network up to its map, in a session with these settings. */
  public SpatialPositions(SpatialNetwork network, Sessions.Settings settings) {
    session = new FeatureExtractor(new Positions(network), settings);
    channels = session.dimensions();
  }

  /**
   * The positions of one image at its own size.
   *
   * @return [h · w, C]
   * @throws BadInputException if the image cannot be decoded or is too small
   */
  public Features of(ImageSupply source, int index) {
    RgbImage image = source.read(index, byte[]::new);
    if (Math.min(image.height(), image.width()) < SMALLEST_SIDE) {
      throw new BadInputException(
          "'%s' has %d×%d pixels, too few for a single-image distance; give at least %d a side"
              .formatted(source.describe(index), image.width(), image.height(), SMALLEST_SIDE));
    }
    return Features.of(source.describe(index), session.rows(List.of(image)), channels);
  }

  /**
   * {@link Sifid} of images paired in file order; a single real image is compared with every
   * generated one.
   *
   * @throws BadInputException if they are neither as many nor one real image
   */
  public List<FrechetDistance.Result> distances(ImageSupply real, ImageSupply generated) {
    if (real.count() != generated.count() && real.count() != 1) {
      throw new BadInputException(
          "sifid pairs images in file order, and %s holds %d and %s %d; give as many of both, or one real image"
              .formatted(real, real.count(), generated, generated.count()));
    }
    return IntStream.range(0, generated.count())
        .mapToObj(i -> Sifid.between(of(real, real.count() == 1 ? 0 : i), of(generated, i)))
        .toList();
  }

  @Override
  public void close() {
    session.close();
  }

  /** The network as one whose features are the map's positions. */
  private record Positions(SpatialNetwork network) implements FrozenNetwork {
    @Override
    public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
      return network.maps(tf, weights, images);
    }

    @Override
    public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
      Operand<TFloat32> map = network.spatialMap(tf, weights, pixels);
      int channels = Math.toIntExact(map.shape().get(3));
      return tf.reshape(map, tf.constant(new int[] {-1, channels}));
    }

    @Override
    public void fill(Session session, Weights weights) {
      network.fill(session, weights);
    }

    @Override
    public String name() {
      return network.name();
    }

    @Override
    public String protocol() {
      return network.spatialProtocol();
    }
  }
}
