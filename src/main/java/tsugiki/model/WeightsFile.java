package tsugiki.model;

/**
 * Identifies the weights of a frozen network by their file.
 *
 * @param sha256 of the file, as {@code sha256sum} prints it; of a folder of files, of the lines
 *     that {@code sha256sum} prints for them in the order of their names
 * @param published whether they are known to be the weights that the network's authors published
 */
public record WeightsFile(String sha256, boolean published) {}
