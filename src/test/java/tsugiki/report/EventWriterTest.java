package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

class EventWriterTest {
  @TempDir Path folder;

  @Test
  void theReadersChecksumIsCrc32c() {
    // The check value of CRC-32C in RFC 3720 and every catalogue.
    assertThat(EventFile.crc32c("123456789".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(0xe3069283);
  }

  @Test
  void beginsWithItsVersionAndIsNamedAsTensorBoardExpects() throws IOException {
    EventWriter writer = EventWriter.open(folder.resolve("run"));
    writer.close();

    assertThat(writer.file().getFileName().toString())
        .matches("events\\.out\\.tfevents\\.\\d{10}\\..+");
    assertThat(EventFile.read(writer.file()))
        .singleElement()
        .extracting(Event::getFileVersion)
        .isEqualTo("brain.Event:2");
  }

  @Test
  void keepsScalars() throws IOException {
    EventWriter writer = EventWriter.open(folder);
    writer.scalar("loss/generator", 7, 0.25);
    writer.scalar("loss/generator", 8, Double.NaN);
    writer.flush();

    List<Event> events = EventFile.read(writer.file());
    writer.close();
    assertThat(events).hasSize(3);
    assertThat(events.get(1).getStep()).isEqualTo(7);
    assertThat(events.get(1).getWallTime())
        .isCloseTo(System.currentTimeMillis() / 1e3, within(600.0));
    Summary.Value value = events.get(1).getSummary().getValue(0);
    assertThat(value.getTag()).isEqualTo("loss/generator");
    assertThat(value.getSimpleValue()).isEqualTo(0.25f);
    assertThat(events.get(2).getSummary().getValue(0).getSimpleValue()).isNaN();
  }

  @Test
  void keepsPicturesAsPng() throws IOException {
    BufferedImage picture = ImageGrid.strip(TestImages.gradients(3, 4, 5), 3, 4, 5, 1, 1);
    Summary.Image image = onlyValue(writer -> writer.image("samples", 2, picture)).getImage();

    assertThat(image.getHeight()).isEqualTo(6);
    assertThat(image.getWidth()).isEqualTo(19);
    assertThat(image.getColorspace()).isEqualTo(3);
    BufferedImage back =
        ImageIO.read(new ByteArrayInputStream(image.getEncodedImageString().toByteArray()));
    assertThat(back.getRGB(18 - 1, 4)).isEqualTo(picture.getRGB(18 - 1, 4));
  }

  @Test
  void histogramCountsEveryValueOnceInItsBucket() throws IOException {
    Random random = new Random(1);
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4));
    }
    values[0] = 0f;
    values[1] = -0f;
    values[2] = Float.MAX_VALUE;
    values[3] = -Float.MAX_VALUE;
    HistogramProto histogram =
        onlyValue(writer -> writer.histogram("weights", 1, values)).getHisto();

    assertThat(histogram.getNum()).isEqualTo(values.length);
    assertThat(histogram.getMax()).isEqualTo(Float.MAX_VALUE);
    assertThat(histogram.getMin()).isEqualTo(-Float.MAX_VALUE);
    double lower = Double.NEGATIVE_INFINITY;
    for (int b = 0; b < histogram.getBucketCount(); b++) {
      double upper = histogram.getBucketLimit(b);
      assertThat(upper).isGreaterThan(lower);
      assertThat(histogram.getBucket(b))
          .as("values from %s to %s", lower, upper)
          .isEqualTo(countIn(values, lower, upper));
      lower = upper;
    }
    assertThat(histogram.getBucketList().stream().mapToDouble(c -> c).sum())
        .isEqualTo(values.length);
  }

  @Test
  void histogramLimitsGrowByATenth() throws IOException {
    HistogramProto histogram =
        onlyValue(writer -> writer.histogram("ones", 1, new float[] {1, 1, 1})).getHisto();

    int full = histogram.getBucketList().indexOf(3.0);
    double ratio = histogram.getBucketLimit(full) / histogram.getBucketLimit(full - 1);
    assertThat(ratio).isCloseTo(1.1, within(1e-12));
    assertThat(histogram.getSum()).isEqualTo(3);
    assertThat(histogram.getSumSquares()).isEqualTo(3);
  }

  @Test
  void histogramOfNothingIsEmpty() throws IOException {
    HistogramProto histogram =
        onlyValue(writer -> writer.histogram("none", 1, new float[0])).getHisto();

    assertThat(histogram.getNum()).isZero();
    assertThat(histogram.getBucketList()).containsOnly(0.0);
  }

  @Test
  void histogramRefusesNan() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Histograms.of(new float[] {1, Float.NaN}))
        .withMessageContaining("value 1");
  }

  @Test
  void keepsTheGraph() throws IOException {
    GraphDef graph =
        GraphDef.newBuilder().addNode(NodeDef.newBuilder().setName("z").setOp("NoOp")).build();

    Event event = onlyEvent(writer -> writer.graph(graph));
    assertThat(GraphDef.parseFrom(event.getGraphDef())).isEqualTo(graph);
  }

  @Test
  void aResumedRunWritesAnotherFileThatNamesItsFirstStep() throws IOException {
    EventWriter first = EventWriter.open(folder);
    first.scalar("loss", 40, 1);
    first.close();
    EventWriter second = EventWriter.resume(folder, 30);
    second.close();

    assertThat(second.file()).isNotEqualTo(first.file());
    assertThat(EventFile.read(first.file())).hasSize(2);
    Event start = EventFile.read(second.file()).get(1);
    assertThat(start.getStep()).isEqualTo(30);
    assertThat(start.getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
  }

  private Summary.Value onlyValue(Use use) throws IOException {
    return onlyEvent(use).getSummary().getValue(0);
  }

  private Event onlyEvent(Use use) throws IOException {
    EventWriter writer = EventWriter.open(folder);
    try (writer) {
      use.with(writer);
    }
    List<Event> events = EventFile.read(writer.file());
    assertThat(events).hasSize(2);
    return events.get(1);
  }

  private static double countIn(float[] values, double lower, double upper) {
    double count = 0;
    for (float value : values) {
      if (value >= lower && value < upper) {
        count++;
      }
    }
    return count;
  }

  @FunctionalInterface
  private interface Use {
    void with(EventWriter writer);
  }
}
