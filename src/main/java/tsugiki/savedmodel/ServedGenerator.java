package tsugiki.savedmodel;

/**
 * A served generator: what it takes and what it gives. Public, so that its methods can be called by
 * reflection on {@link LoadedGenerator}; nothing outside this package extends it.
 */
public abstract class ServedGenerator {
  private final GeneratorSignature signature;
  private final ClassLabels classes;

  ServedGenerator(GeneratorSignature signature, ClassLabels classes) {
    this.signature = signature;
    this.classes = classes;
  }

  /** The tensors. */
  final GeneratorSignature signature() {
    return signature;
  }

  /** The length of z. */
  public final int latent() {
    return signature.latent();
  }

  /** Whether it takes a label for every image. */
  public final boolean conditional() {
    return signature.conditional();
  }

  /** Its classes; a generator that is not {@link #conditional()} has none. */
  public final ClassLabels classes() {
    return classes;
  }

  /** The height of an image in pixels. */
  public final int height() {
    return signature.height();
  }

  /** The width of an image in pixels. */
  public final int width() {
    return signature.width();
  }
}
