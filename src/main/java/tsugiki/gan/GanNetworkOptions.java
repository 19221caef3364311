package tsugiki.gan;

/**
 * The options of one kind of networks, a record whose components are the keys of {@code network} in
 * {@code options.json}. A component that the file leaves out is null to its constructor, which puts
 * the default in its place. {@link GanRecipes} gives the kind its name.
 */
public interface GanNetworkOptions {
  /** The side of the images in pixels. */
  int imageSize();

  /** Whether the images have colours. */
  default boolean colour() {
    return true;
  }

  /**
   * The networks for data with so many classes.
   *
   * @param classes 1 or more
   */
  GanNetworks networks(int classes);

  /**
   * How such networks are trained where nothing else is said.
   *
   * @param discriminator that they are trained with
   */
  default GanOptions training(DiscriminatorOptions discriminator) {
    return GanOptions.defaults(discriminator);
  }
}
