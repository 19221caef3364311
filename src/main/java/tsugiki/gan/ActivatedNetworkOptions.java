package tsugiki.gan;

/** Options of networks whose hidden layers take any activation. */
public interface ActivatedNetworkOptions extends GanNetworkOptions {
  /** The activation of the hidden layers, an {@link tsugiki.graph.ActivationChoice} or its own. */
  String activation();

  /**
   * The same with another activation.
   *
   * @throws tsugiki.base.BadInputException if there is no such activation
   */
  ActivatedNetworkOptions withActivation(String activation);
}
