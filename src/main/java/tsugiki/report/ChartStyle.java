package tsugiki.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** What all charts look like. */
final class ChartStyle {
  /** Okabe and Ito's colours, which colour-blind readers tell apart too; yellow is too pale. */
  private static final Color[] COLOURS = {
    new Color(0x0072b2),
    new Color(0xd55e00),
    new Color(0x009e73),
    new Color(0xcc79a7),
    new Color(0xe69f00),
    new Color(0x56b4e9),
    new Color(0x444444),
  };

  private static final Color GRID = new Color(0xdddddd);
  private static final Color INK = new Color(0x333333);

  private ChartStyle() {}

  /** Sets fonts, colours, the legend and the grid. */
  static void apply(AxesChartStyler styler) {
    styler.setBaseFont(font(Font.PLAIN, 13));
    styler.setChartTitleFont(font(Font.BOLD, 16));
    styler.setChartFontColor(INK);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartPadding(16);
    styler.setSeriesColors(COLOURS);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setLocale(Locale.ROOT);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setAxisTickMarksColor(INK);
    styler.setAxisTickLabelsColor(INK);
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 12));
    styler.setAxisTitleFont(font(Font.PLAIN, 13));
  }

  private static Font font(int style, int points) {
    return new Font(Font.SANS_SERIF, style, points);
  }
}
