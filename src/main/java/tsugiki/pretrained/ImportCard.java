package tsugiki.pretrained;

import java.util.List;
import java.util.Locale;

/** The model card of an imported network. */
final class ImportCard {
  private ImportCard() {}

  /** In Markdown: where it came from, what it takes, its classes. */
  static String of(ImportedBigGan model, List<String> classNames, boolean half) {
    StringBuilder card =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
            # A published BigGAN's %s, imported

            - from: %s, format %s, SHA-256 %s
            - shape: %d pixels, base channels %d times %s, %d classes, %,d weights and statistics%s
            - spectral norms are divided out; batch normalisation adds %s to the variance
            """,
                model.generator() ? "generator" : "discriminator",
                model.source().getFileName(),
                model.format().word(),
                model.sha256(),
                model.architecture().size(),
                model.architecture().channels(),
                model.multipliers(),
                model.architecture().classes(),
                model.count(),
                half ? ", kernels in 16 bits" : "",
                Float.toString(model.architecture().epsilon()).toLowerCase(Locale.ROOT)));
    if (model.generator()) {
      card.append(
          """
          - it takes z [N, %d] of N(0, 1), truncated by the caller, and the label of a class; it was
            not trained or measured here
          """
              .formatted(model.architecture().latent()));
    }
    if (model.architecture().statistics() > 1) {
      card.append(
          """
          - its statistics are of %d truncations from 0 to 1, and it takes the truncation t of z too:
            z is t times a number of N(0, 1) between -2 and 2
          """
              .formatted(model.architecture().statistics()));
    }
    if (!classNames.isEmpty()) {
      card.append("\n## Classes\n\n");
      for (int label = 0; label < classNames.size(); label++) {
        card.append("- ").append(label).append(": ").append(classNames.get(label)).append('\n');
      }
    }
    card.append(
        """

        ## Licence

        The licence of the weights is their publisher's and not known to the program that wrote this card, nor is that
        of the training images. Whoever passes the model on states them here.
        """);
    return card.toString();
  }
}
