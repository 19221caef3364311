package tsugiki.score;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Weights;
import tsugiki.model.SpatialNetwork;

/** A network whose map is the pixels themselves, so that a position is a colour. */
public final class ColourNetwork implements SpatialNetwork {
  @Override
  public Operand<TFloat32> spatialMap(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    return pixels;
  }

  @Override
  public String spatialScore() {
    return "colours";
  }

  @Override
  public String spatialProtocol() {
    return "pixels";
  }

  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
    return List.of(images);
  }

  @Override
  public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    return pixels;
  }

  @Override
  public void fill(Session session, Weights weights) {
    // It has none.
  }

  @Override
  public String name() {
    return "colours";
  }

  @Override
  public String protocol() {
    return "pixels";
  }
}
