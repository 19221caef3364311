package tsugiki.data;

/**
 * An image that was left out.
 *
 * @param name its name in its source
 * @param reason one sentence that names the file, says what was found and what to do
 */
public record SkippedImage(String name, String reason) {}
