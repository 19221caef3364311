package tsugiki.report;

import java.awt.BasicStroke;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves over training steps: losses, scores, learning rates.
 *
 * <p>Values that a plot cannot show (NaN and infinities) are gaps in their curve. A curve without
 * any other value is named in the legend as empty, because a training that diverged from its first
 * step should be seen and not hidden.
 */
public final class LineChart {
  /** The next once the colours are used up: more than seven curves are told apart by dashes. */
  private static final BasicStroke[] LINES = {
    new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND), dashed(9, 5), dashed(2, 4),
  };

  private static final String UNSEEN = "\0unseen";
  private static final int STEP_LABEL_WIDTH = 100;

  /** What adding up steps between ticks leaves of 0. */
  private static final double NOTHING = 1e-12;

  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final List<Series> curves = new ArrayList<>();

  private record Series(String name, double[] steps, double[] values) {}

  /**
   * Begins a chart.
   *
   * @param title what it shows
   * @param xTitle name of the horizontal axis, such as "step"
   * @param yTitle name of the vertical axis, with its unit if it has one
   */
  public LineChart(String title, String xTitle, String yTitle) {
    this.title = title;
    this.xTitle = xTitle;
    this.yTitle = yTitle;
  }

  /**
   * Adds a curve.
   *
   * @param name its name in the legend, different from the others'
   * @param steps where, finite, in the order in which the points are joined
   * @param values how much at each step
   * @return this chart
   * @throws IllegalArgumentException when the arrays differ in length or the name is taken
   */
  public LineChart series(String name, double[] steps, double[] values) {
    if (steps.length != values.length) {
      throw new IllegalArgumentException(
          "curve " + name + " has " + steps.length + " steps and " + values.length + " values");
    }
    if (curves.stream().anyMatch(curve -> curve.name().equals(name))) {
      throw new IllegalArgumentException("the chart already has a curve named " + name);
    }
    curves.add(new Series(name, steps.clone(), values.clone()));
    return this;
  }

  /**
   * Draws the chart.
   *
   * @param width of the picture, in pixels
   * @param height of the picture, in pixels
   * @return the picture, RGB
   */
  public BufferedImage draw(int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    curves.forEach(curve -> add(chart, curve));
    unevenSteps(chart);
    style(chart.getStyler());
    return BitmapEncoder.getBufferedImage(chart);
  }

  /**
   * Writes the chart as PNG, in one step.
   *
   * @param width of the picture, in pixels
   * @param height of the picture, in pixels
   * @param file where to; missing folders are made, an existing file is replaced
   * @throws tsugiki.base.BadInputException when the folder cannot be made or {@code file} is a
   *     folder
   * @throws java.io.UncheckedIOException when writing fails
   */
  public void write(int width, int height, Path file) {
    Pictures.writePng(draw(width, height), file);
  }

  private static void add(XYChart chart, Series curve) {
    double[] values = new double[curve.values().length];
    boolean anything = false;
    for (int i = 0; i < values.length; i++) {
      boolean shown = Double.isFinite(curve.values()[i]);
      values[i] = shown ? curve.values()[i] : Double.NaN;
      anything |= shown;
    }
    if (anything) {
      chart.addSeries(curve.name(), curve.steps(), values);
    } else {
      chart.addSeries(
          curve.name() + " (no values)",
          new double[] {Arrays.stream(curve.steps()).findFirst().orElse(0)},
          new double[] {Double.NaN});
    }
  }

  /**
   * Adds an unseen point between the steps. XChart labels evenly spaced steps at the steps
   * themselves (0, 640, 1280), so close that the labels touch; among uneven ones it chooses round
   * numbers and heeds the spacing.
   */
  private void unevenSteps(XYChart chart) {
    DoubleSummaryStatistics range =
        curves.stream().flatMapToDouble(c -> Arrays.stream(c.steps())).summaryStatistics();
    if (range.getMin() < range.getMax()) {
      double between = range.getMin() + (range.getMax() - range.getMin()) / Math.E;
      chart
          .addSeries(UNSEEN, new double[] {between}, new double[] {Double.NaN})
          .setShowInLegend(false);
    }
  }

  private static void style(XYStyler styler) {
    ChartStyle.apply(styler);
    styler.setSeriesLines(LINES);
    styler.setSeriesMarkers(new Marker[] {SeriesMarkers.NONE});
    styler.setXAxisTickMarkSpacingHint(STEP_LABEL_WIDTH);
    styler.setYAxisTickLabelsFormattingFunction(LineChart::label);
  }

  /** A tick's number. XChart's own leave out the zero of 0.05. */
  static String label(double value) {
    double digits = Math.abs(value) < NOTHING ? 0 : value;
    return new BigDecimal(digits, new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  private static BasicStroke dashed(float on, float off) {
    return new BasicStroke(
        2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {on, off}, 0f);
  }
}
