package tsugiki.train;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tsugiki.base.Environment;
import tsugiki.base.FigureWords;

/** A model card in Markdown, which ends with the options of the training. */
public final class ModelCard {
  private static final String UNKNOWN =
      "The licence of the training images is not known to the program that wrote this card. Whoever"
          + " passes the model on states it here.";

  private static final String HEADING = "## Licence\n\n";

  /** The section, up to the next one. */
  private static final Pattern SECTION = Pattern.compile("(?ms)^## Licence$.*?(?=^## |\\z)");

  private final StringBuilder text = new StringBuilder();
  private final String options;
  private String licence = UNKNOWN;

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

  /** Begins that of a model of a checkpoint. */
  static ModelCard ofCheckpoint(TrainingTask task, RunDirectory run, long step) {
    ModelCard card =
        new ModelCard("A model of a training", RunDirectory.json(task.options()))
            .licence(task.licence());
    card.paragraph(
        "The checkpoint after step %d of the run %s, not its end. Exported on %s."
            .formatted(step, run.path(), Environment.now()));
    Map<String, Double> measured = run.measuredAt(step);
    if (!measured.isEmpty()) {
      card.paragraph("Measured after that step: " + FigureWords.of(measured) + ".");
    }
    return card;
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

  /**
   * Says the licence of the training images.
   *
   * @param words empty where it is not known
   */
  public ModelCard licence(String words) {
    licence = words.isEmpty() ? UNKNOWN : ofImages(words);
    return this;
  }

  /**
   * A card with another licence of the training images.
   *
   * @param card in Markdown; its section about the licence is replaced, or one is added at its end
   * @param words of the licence
   */
  public static String licensed(String card, String words) {
    String section = HEADING + ofImages(words) + "\n";
    Matcher former = SECTION.matcher(card);
    return former.find()
        ? card.substring(0, former.start())
            + section
            + (former.end() < card.length() ? "\n" : "")
            + card.substring(former.end())
        : card.stripTrailing() + "\n\n" + section;
  }

  private static String ofImages(String words) {
    return "Of the training images: " + words.strip();
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** The whole card. */
  public String markdown() {
    return text + "\n" + HEADING + licence + "\n\n## Training\n\n```json\n" + options + "\n```\n";
  }
}
