package tsugiki.single;

import java.util.Locale;
import tsugiki.model.PyramidGenerator.Borders;

/** What a generator of one image is for. */
public enum SingleMode {
  /** Random images like it, whose borders vary too. */
  GENERATE,
  /** The image in other widths and heights. */
  RETARGET,
  /** An object that was pasted into the image takes on its style. */
  HARMONIZE,
  /** Parts of the image that were moved fit in. */
  EDIT,
  /** The image moves. */
  ANIMATE,
  /** A drawing in a few colours becomes an image like it. */
  PAINT,
  /** The image becomes several times as large. */
  SUPER_RESOLVE;

  /** What surrounds the maps before a stage's convolutions. */
  Borders borders() {
    return this == GENERATE || this == ANIMATE ? Borders.NOISE : Borders.ZEROS;
  }

  /** Whether the first stage takes a changed image instead of noise. */
  boolean changesImages() {
    return this == HARMONIZE || this == EDIT;
  }

  /** Whether its stages have to hand on images, which only SinGAN's do. */
  boolean enlargesImages() {
    return this == PAINT || this == SUPER_RESOLVE;
  }

  /**
   * The stage of SinGAN's, from 0, that takes a given image: the lower, the more it changes. A
   * drawing keeps its layout alone, an image to harmonize all but its texture.
   */
  int startStage(int stages) {
    int start =
        switch (this) {
          case HARMONIZE -> (2 * stages + 2) / 3;
          case EDIT -> stages / 2;
          default -> 1;
        };
    return Math.max(1, Math.min(stages - 1, start));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
