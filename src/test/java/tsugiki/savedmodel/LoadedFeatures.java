package tsugiki.savedmodel;

import java.nio.file.Path;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.graph.Tensors;

/** A served feature network, called as any user of TensorFlow calls a SavedModel. */
public final class LoadedFeatures implements AutoCloseable {
  private final SavedModelBundle bundle;
  private final SignatureDef signature;

  public LoadedFeatures(Path folder) {
    bundle = SavedModelBundle.load(folder.toString(), "serve");
    signature = bundle.metaGraphDef().getSignatureDefMap().get(ModelSignature.KEY);
  }

  /**
   * One output for images [count, side, side, 3].
   *
   * @return [count, …]
   */
  public float[] output(String name, byte[] images, int count, int side) {
    String input = signature.getInputsMap().get(ExportedFeatureNetwork.IMAGES).getName();
    String output = signature.getOutputsMap().get(name).getName();
    try (TUint8 tensor = Tensors.bytes(Shape.of(count, side, side, 3), images);
        Result result = bundle.session().runner().feed(input, tensor).fetch(output).run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }

  /** The share of images [N, side, side, 3] that are classified rightly. */
  public double accuracy(byte[] images, int[] labels, int side) {
    float[] logits = output(ExportedFeatureNetwork.CLASS_LOGITS, images, labels.length, side);
    int classes = logits.length / labels.length;
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = logits[i * classes + c] > logits[i * classes + best] ? c : best;
      }
      right += best == labels[i] ? 1 : 0;
    }
    return (double) right / labels.length;
  }

  @Override
  public void close() {
    bundle.close();
  }
}
