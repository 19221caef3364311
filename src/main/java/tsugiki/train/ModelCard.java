package tsugiki.train;

import java.util.Collections;
import java.util.List;

/** A model card in Markdown, which ends with the options of the training. */
public final class ModelCard {
  private static final String LICENCE =
      "The licence of the training images is not known to the program that wrote this card. Whoever"
          + " passes the model on states it here.";

  private final StringBuilder text = new StringBuilder();
  private final String options;

  /**
   * Begins a card.
   *
   * @param title its heading
   * @param options the options of the training as JSON
   */
  public ModelCard(String title, String options) {
    text.append("# ").append(title).append("\n");
    this.options = options;
  }

  /** Adds a heading. */
  public ModelCard section(String heading) {
    text.append("\n## ").append(heading).append("\n");
    return this;
  }

  /** Adds a paragraph. */
  public ModelCard paragraph(String words) {
    text.append("\n").append(words).append("\n");
    return this;
  }

  /** Adds a list with a dash before every line. */
  public ModelCard list(List<String> lines) {
    if (!lines.isEmpty()) {
      text.append("\n");
      lines.forEach(line -> text.append("- ").append(line).append("\n"));
    }
    return this;
  }

  /**
   * Adds a table.
   *
   * @param header a word for each column, possibly empty
   * @param rows as many cells each
   */
  public ModelCard table(List<String> header, List<List<String>> rows) {
    text.append("\n");
    row(header);
    row(Collections.nCopies(header.size(), "---"));
    rows.forEach(this::row);
    return this;
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** The whole card. */
  public String markdown() {
    return text
        + "\n## Licence\n\n"
        + LICENCE
        + "\n\n## Training\n\n```json\n"
        + options
        + "\n```\n";
  }
}
