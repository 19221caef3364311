package tsugiki.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;

/** Bars side by side for a few categories, such as the shares of classes. */
public final class BarChart {
  private static final int SLANT = 45;

  private final String title;
  private final String yTitle;
  private final List<String> categories;
  private final Map<String, double[]> series = new LinkedHashMap<>();

  /**
   * Begins a chart.
   *
   * @param title what it shows
   * @param yTitle name of the vertical axis, with its unit if it has one
   * @param categories their names, from the left; at least one
   */
  public BarChart(String title, String yTitle, List<String> categories) {
    this.title = title;
    this.yTitle = yTitle;
    this.categories = List.copyOf(categories);
  }

  /**
   * Adds bars of one colour.
   *
   * @param name in the legend
   * @param heights one for each category, finite and not negative
   * @return this chart
   * @throws IllegalArgumentException if there are more or fewer, or the name is taken
   */
  public BarChart series(String name, double[] heights) {
    if (heights.length != categories.size() || series.put(name, heights.clone()) != null) {
      throw new IllegalArgumentException(
          "the bars %s are %d for %d categories, or there twice"
              .formatted(name, heights.length, categories.size()));
    }
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
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .yAxisTitle(yTitle)
            .build();
    series.forEach(
        (name, heights) ->
            chart.addSeries(name, categories, Arrays.stream(heights).boxed().toList()));
    CategoryStyler styler = chart.getStyler();
    ChartStyle.apply(styler);
    styler.setXAxisLabelRotation(SLANT);
    styler.setYAxisMin(0.0);
    styler.setYAxisTickLabelsFormattingFunction(LineChart::label);
    return BitmapEncoder.getBufferedImage(chart);
  }

  /**
   * Writes the chart as PNG, in one step.
   *
   * @param file where to; missing folders are made, an existing file is replaced
   */
  public void write(int width, int height, Path file) {
    Pictures.writePng(draw(width, height), file);
  }
}
