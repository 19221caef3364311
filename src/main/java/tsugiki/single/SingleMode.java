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
  ANIMATE;

  /** What surrounds the maps before a stage's convolutions. */
  Borders borders() {
    return this == GENERATE || this == ANIMATE ? Borders.NOISE : Borders.ZEROS;
  }

  /** Whether the first stage takes a changed image instead of noise. */
  boolean changesImages() {
    return this == HARMONIZE || this == EDIT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
