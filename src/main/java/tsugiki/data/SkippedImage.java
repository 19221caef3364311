package tsugiki.data;

/**
 * An image that was left out.
 *
 * @param name its name in its source
 * @param reason one sentence: the file, what was found, what to do
 */
public record SkippedImage(String name, String reason) {}
