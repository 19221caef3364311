package tsugiki.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.runtime.Device;
import tsugiki.train.TrainingLoop.Plan;

/** The training of a {@link TinyTrainee} with everything that a task may have. */
final class TinyTask implements TrainingTask {
  static final Map<String, Integer> OPTIONS = Map.of("steps", 4);

  private final TinyTrainee trainee = new TinyTrainee(4);
  private final Plan plan;
  private final int colour;
  private Optional<Beside> beside = Optional.empty();
  private boolean startTakesLong;
  private String stopIn = "";
  private Runnable stop = () -> {};
  private Execution execution = Execution.here(Device.CPU);
  private long observed;

  /**
   * Makes it.
   *
   * @param colour of its one image
   */
  TinyTask(Plan plan, int colour) {
    this.plan = plan;
    this.colour = colour;
  }

  @Override
  public TinyTrainee trainee() {
    return trainee;
  }

  @Override
  public Plan plan() {
    return plan;
  }

  @Override
  public Object options() {
    return OPTIONS;
  }

  @Override
  public Execution execution() {
    return execution;
  }

  /** The same on another processor, or with another setting of oneDNN. */
  TinyTask on(Execution other) {
    execution = other;
    return this;
  }

  @Override
  public RunInputs inputs() {
    byte[] rgb = {(byte) colour, 0, 0};
    return new RunInputs()
        .images("images", ImageSet.of(List.of(new RgbImage("a", 1, 1, rgb)), "class"))
        .weights("generator", Map.of("kernel", new float[] {1, 2}));
  }

  /** The same in which Ctrl-C comes while it does that: start, step or end. */
  TinyTask stoppedIn(String phase) {
    stopIn = phase;
    stop = () -> Interruption.request(true);
    return this;
  }

  /** The same in which a thread is interrupted then. */
  TinyTask interruptedIn(String phase, Thread thread) {
    stopIn = phase;
    stop = thread::interrupt;
    return this;
  }

  private void reach(String phase) {
    if (phase.equals(stopIn)) {
      stop.run();
    }
    try {
      // A score waits for other threads.
      Thread.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same whose start takes long to measure, and whose score of it is when it was measured. */
  TinyTask withLongStart() {
    startTakesLong = true;
    return this;
  }

  /** The same that computes something beside its steps. */
  TinyTask withBeside(String what, double seconds) {
    beside = Optional.of(new Beside(what, seconds));
    return this;
  }

  @Override
  public Optional<Beside> tryBeside() {
    return beside;
  }

  @Override
  public boolean startTakesLong() {
    return startTakesLong;
  }

  @Override
  public void atStart(Runnable work) {
    work.run();
  }

  @Override
  public Map<String, Double> measureStart() {
    if (!trainee.begun()) {
      throw new IllegalStateException("the start is measured of a run that has not begun");
    }
    reach("start");
    return Map.of("score", startTakesLong ? 10.0 + observed : 1.0);
  }

  @Override
  public void begin(RunDirectory run) {
    write(run.path(), "begun.txt", "begun");
  }

  @Override
  public void observe(Observers observers) {
    observers
        .measure(1, done -> noted(done))
        .measure(2, done -> Map.of("observed", done / 2.0))
        .pictures(
            2,
            () ->
                List.of(
                    Picture.kept("samples", new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB)),
                    Picture.shown("other", new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB))))
        .histograms(2, () -> Map.of("weights", new float[] {1, 2, 3}));
  }

  private Map<String, Double> noted(long done) {
    observed = done;
    if (done == 3) {
      reach("step");
    }
    return Map.of();
  }

  @Override
  public Map<String, Double> measureEnd() {
    reach("end");
    return Map.of("score", 2.0);
  }

  @Override
  public String tag(String metric) {
    return metric.equals("loss") ? "loss/total" : metric;
  }

  @Override
  public TrainingReport report(
      RunDirectory run, Map<String, Double> start, Map<String, Double> end) {
    TrainingReport report = new TrainingReport(run, "A tiny run", "A tiny model", OPTIONS);
    report.chart("Loss", "loss.png", List.of("loss", "never")).chart("No", "no.png", List.of("no"));
    report
        .card()
        .section("Figures")
        .table(List.of("before", "after"), List.of(List.of("" + start, "" + end)));
    return report;
  }

  @Override
  public void export(Path folder, String card) {
    write(folder, "card.md", card);
  }

  private static void write(Path folder, String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    trainee.close();
  }
}
