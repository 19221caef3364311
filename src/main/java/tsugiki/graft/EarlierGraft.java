package tsugiki.graft;

/**
 * A graft that is a part of the rootstock of another: what it added stays as it was learned, but
 * for its class vector, which the other one's begins with.
 *
 * @param method what it trained
 * @param layers its point-wise layers
 */
record EarlierGraft(GraftMethod method, SiteLayers layers) {
  /** Whether it has a layer at a site. */
  boolean at(int site) {
    return method == GraftMethod.POINT_WISE && layers.at(site);
  }
}
