package tsugiki.painting;

import java.awt.Color;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The colours of one blossom.
 *
 * @param throat petals where they meet the centre
 * @param body petals at half their length
 * @param tip petals at their tips
 * @param vein the fine lines along a petal
 * @param fringeBase corona filaments at the centre
 * @param fringeBand the light band of the corona
 * @param fringeTip corona filaments at their ends
 * @param heart the dome or disc in the middle
 * @param anther pollen
 */
record FlowerPalette(
    Color throat,
    Color body,
    Color tip,
    Color vein,
    Color fringeBase,
    Color fringeBand,
    Color fringeTip,
    Color heart,
    Color anther) {

  /** Light falling on a petal turns its colour towards this warm white. */
  static final Color SUNLIGHT = new Color(0xfff8e6);

  /** Shade turns every colour towards this cool dark. */
  static final Color SHADE = new Color(0x1c1440);

  /**
   * Violet, white, magenta, yellow, orange, blue, blush, crimson, and white with a violet throat.
   */
  static final List<FlowerPalette> ALL =
      List.of(
          of(
              0x4b1f78, 0x8450c4, 0xbb9cf0, 0x4a1c80, 0x2c0c4c, 0xf3ecff, 0x5a50d8, 0xc7d070,
              0xf2c838),
          of(
              0xcfd6a0, 0xf3f0e4, 0xffffff, 0xb8bf98, 0x45155f, 0xf6f2ff, 0x3f58d8, 0xb9c75a,
              0xf0b92e),
          of(
              0x6e0a46, 0xd02a84, 0xf684c0, 0x7c0c52, 0x43062c, 0xffe3f2, 0xa02a90, 0xe4d36a,
              0xffd84a),
          of(
              0xb2500a, 0xf6be1e, 0xfff08c, 0xb86a08, 0x6b230a, 0xfff2c0, 0xc8541a, 0x8f4a12,
              0xf8a81c),
          of(
              0x8e2408, 0xec6a1c, 0xffbb62, 0x962c0a, 0x4e0e0c, 0xffe0a8, 0xb02a1c, 0x6c2c10,
              0xffcf3e),
          of(
              0x1d2a78, 0x4670dc, 0xa6c6fb, 0x1e2e88, 0x180c48, 0xf2f4ff, 0x7a3cc0, 0xd6d878,
              0xf6d04a),
          of(
              0xc2406e, 0xf2a2ba, 0xffe9ea, 0xc65c84, 0x7c1240, 0xfff0ea, 0xd0588c, 0xdcd068,
              0xf4b83a),
          of(
              0x4e0410, 0xc21a28, 0xf66a58, 0x540612, 0x2a0418, 0xffd8d0, 0x8a1a50, 0x3a1420,
              0xf4c840),
          of(
              0x7c3aa8, 0xdcc8f2, 0xfdf9ff, 0x8a50b8, 0x380e58, 0xffffff, 0x6440cc, 0xc0d060,
              0xeec03a));

  private static FlowerPalette of(
      int throat,
      int body,
      int tip,
      int vein,
      int fringeBase,
      int fringeBand,
      int fringeTip,
      int heart,
      int anther) {
    return new FlowerPalette(
        new Color(throat),
        new Color(body),
        new Color(tip),
        new Color(vein),
        new Color(fringeBase),
        new Color(fringeBand),
        new Color(fringeTip),
        new Color(heart),
        new Color(anther));
  }

  /**
   * Returns the same colours with the petals moved towards another colour, by a share of [0, 1].
   */
  FlowerPalette tinted(Color towards, double share) {
    return petals(c -> Gouache.mix(c, towards, share));
  }

  /**
   * Returns the same colours with the petals' hue and saturation changed.
   *
   * @param hue added to the hue, as a share of the colour circle
   * @param saturation factor of the saturation, which ends at full strength
   */
  FlowerPalette turned(double hue, double saturation) {
    return petals(
        c -> {
          float[] hsb = Color.RGBtoHSB(c.getRed(), c.getGreen(), c.getBlue(), null);
          float strength = (float) Math.min(1, hsb[1] * saturation);
          return Color.getHSBColor(hsb[0] + (float) hue, strength, hsb[2]);
        });
  }

  private FlowerPalette petals(UnaryOperator<Color> change) {
    return new FlowerPalette(
        change.apply(throat),
        change.apply(body),
        change.apply(tip),
        vein,
        fringeBase,
        fringeBand,
        fringeTip,
        heart,
        anther);
  }

  /** Returns the colours of a leaf of the given green: darker at its base, lighter at its tip. */
  static FlowerPalette leaf(Color green) {
    Color dark = Gouache.mix(green, new Color(0x06180c), 0.6);
    Color light = Gouache.mix(green, new Color(0xc8dc5a), 0.4);
    return new FlowerPalette(dark, green, light, light, dark, green, light, green, light);
  }
}
