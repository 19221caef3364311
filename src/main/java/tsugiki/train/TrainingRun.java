package tsugiki.train;

import com.google.common.collect.MapMaker;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.DurableFolder;
import tsugiki.base.Phase;
import tsugiki.base.Uninterrupted;
import tsugiki.graph.GradientGroups;
import tsugiki.report.EventWriter;
import tsugiki.report.Pictures;
import tsugiki.report.StepPictures;
import tsugiki.train.Observers.Distributed;
import tsugiki.train.Observers.Drawn;
import tsugiki.train.TrainingLoop.Plan;

/**
 * A training in its run directory, from the first step or the newest checkpoint to the model and
 * the report. What differs between trainings is the {@link TrainingTask}'s.
 */
public final class TrainingRun {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  /** What has begun to train: its weights are no longer those of a start. */
  private static final Set<TrainingTask> BEGUN =
      Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());

  /**
   * What came out.
   *
   * @param run the run directory
   * @param steps steps done
   * @param start what was measured before the first step, by name
   * @param end what was measured after the last step, by name
   */
  public record Outcome(
      RunDirectory run, long steps, Map<String, Double> start, Map<String, Double> end) {
    /** The folder of the SavedModel. */
    public String model() {
      return run.resolve("model").toString();
    }
  }

  private final TrainingTask task;
  private final RunDirectory run;
  private final Observers observers = new Observers();
  private EventWriter events;
  private Map<String, Double> start = Map.of();
  private boolean startIsMeasured;

  private TrainingRun(TrainingTask task, RunDirectory run) {
    this.task = task;
    this.run = run;
    task.observe(observers);
  }

  /**
   * Trains, from the newest checkpoint where there is one, and writes everything.
   *
   * <p>To stop a training from elsewhere, interrupt the thread that has called this. The step under
   * way is finished and saved, with all that is measured and drawn after it, and the thread is
   * still interrupted then. A resumed run goes on from that step, to the bits of an unbroken one.
   *
   * @param task of which no run has begun to train
   * @param run the run directory, with the options in it
   * @throws IllegalStateException if one has
   * @throws tsugiki.base.BadInputException if another training has the directory, or a resumed
   *     run's inputs have changed, or this process would not compute as its options say, or its
   *     checkpoints are lost or damaged
   * @throws DivergedException if a measured value is no longer a number
   * @throws StoppedException if the thread is interrupted or the process is asked to end; see
   *     {@link Interruption}
   */
  public static Outcome train(TrainingTask task, RunDirectory run) {
    if (BEGUN.contains(task)) {
      throw new IllegalStateException("this training has run; make another object");
    }
    if (Interruption.requested()) {
      throw new StoppedException(RunDirectory.stepsDone(run.path()), task.plan().steps());
    }
    try (RunLock held = RunLock.of(run)) {
      run.held();
      return new TrainingRun(task, run).train();
    }
  }

  /**
   * Writes the models of a checkpoint. The run stays as it is, and its training may go on
   * meanwhile; but that of a feature network with a teacher must have ended, since one process at a
   * time has the teacher's maps open.
   *
   * @param task the training, as yet without what it has learned
   * @param which {@code best}, {@code latest} or a step
   * @param folder the folder that {@code model} goes into
   * @return the checkpoint's step
   * @throws tsugiki.base.BadInputException if there is no such checkpoint, it is damaged or of
   *     another network, or the training's inputs have changed
   */
  public static long export(TrainingTask task, RunDirectory run, String which, Path folder) {
    task.inputs().compareForModel(run);
    long step = new Checkpoints(run.resolve(Checkpoints.FOLDER)).restore(task.trainee(), which);
    task.exportCheckpoint(folder, ModelCard.ofCheckpoint(task, run, step).markdown());
    return step;
  }

  private Outcome train() {
    LOG.info("{}", task.execution().describe());
    task.inputs().check(run);
    TrainingLoop loop =
        new TrainingLoop(task.plan(), run, task.trainee())
            .endingWhen(task::ended)
            .best(task::cost)
            .afterSteps(this::observeLateStart);
    if (run.resumed()) {
      task.execution().refuseElsewhere();
      DurableFolder.removeDrafts(run.path());
      DurableFolder.removeDrafts(run.resolve(Checkpoints.FOLDER));
      task.returnsTo(run).ifPresent(step -> goBack(loop, step));
    }
    BEGUN.add(task);
    long from = start(loop);
    if (run.resumed()) {
      run.replaceOptions(task.options());
    }
    Map<String, Double> end = new LinkedHashMap<>();
    long done;
    try (EventWriter writer = open(from)) {
      events = writer;
      if (from == 0) {
        begin();
      }
      observe(loop, end);
      done = loop.run(from);
      observeLateStart(task.plan().steps());
    }
    Interruption.check(done, task.plan().steps());
    if (end.isEmpty()) {
      // All steps were done before; a resumed run then only lacks what follows them.
      end.putAll(Uninterrupted.get(task::measureEnd));
    }
    Uninterrupted.run(() -> finish(end));
    return new Outcome(run, done, start, end);
  }

  private void goBack(TrainingLoop loop, long step) {
    LOG.info("the steps after step {} are done anew, for another length of the run", step);
    loop.returnTo(step);
    StepPictures.forgetAfter(run.path(), step);
  }

  /** Gives the number of finished steps, whose state the trainee has then. */
  private long start(TrainingLoop loop) {
    Map<String, Double> known = run.resumed() ? run.measuredAt(0) : Map.of();
    boolean late = task.startTakesLong() && known.isEmpty();
    boolean begun = !run.resumed() || late;
    // Of a run that was stopped before its start was measured, the start is found again.
    if (begun) {
      prepare();
    }
    long from = run.resumed() ? loop.restore() : 0;
    if (from == 0 && !begun) {
      prepare();
    }
    startIsMeasured = !late;
    if (!late) {
      start = from == 0 ? measuredStart() : known;
    }
    return from;
  }

  private void prepare() {
    try (Phase preparing = Phase.begin("preparing the start")) {
      Uninterrupted.run(task.trainee()::begin);
    }
  }

  private Map<String, Double> measuredStart() {
    try (Phase measuring = Phase.begin("measuring the start")) {
      return Uninterrupted.get(task::measureStart);
    }
  }

  /** Before the first checkpoint, without which a run begins anew, and before other pictures. */
  private void observeLateStart(long done) {
    if (startIsMeasured) {
      return;
    }
    Plan plan = task.plan();
    if (!plan.isDue(done, plan.checkpointEvery())
        && observers.drawn().stream().noneMatch(drawn -> plan.isDue(done, drawn.every()))) {
      return;
    }
    startIsMeasured = true;
    task.atStart(
        () -> {
          start = measuredStart();
          run.addStart(start);
          record(0, start);
          drawStart();
        });
  }

  private void drawStart() {
    try (Phase drawing = Phase.begin("drawing the first pictures")) {
      observers.drawn().forEach(drawn -> draw(drawn, 0));
      events.flush();
    }
  }

  private EventWriter open(long from) {
    return run.resumed()
        ? EventWriter.resume(run.path(), from == 0 ? 0 : from + 1)
        : EventWriter.open(run.path());
  }

  /** What comes before the first step; a run cut before its first checkpoint begins anew. */
  private void begin() {
    if (run.resumed()) {
      run.forgetAfter(-1);
    }
    showGraph();
    task.begin(run);
    if (!start.isEmpty()) {
      run.addMetrics(0, start);
    }
    record(0, start);
    if (startIsMeasured) {
      drawStart();
    }
  }

  private void showGraph() {
    events.graph(GradientGroups.of(task.trainee().structure()));
  }

  private void observe(TrainingLoop loop, Map<String, Double> end) {
    observers.measured().forEach(measured -> measured.accept(loop));
    for (Drawn drawn : observers.drawn()) {
      loop.every(drawn.every(), done -> draw(drawn, done));
    }
    for (Distributed distributed : observers.distributed()) {
      loop.every(distributed.every(), done -> distribute(distributed, done));
    }
    loop.every(
        task.plan().steps(),
        done -> {
          if (task.trainee().grows()) {
            // TensorBoard shows the newest.
            showGraph();
          }
          end.putAll(task.measureEnd());
          return end;
        });
    loop.recordedBy(this::record);
  }

  private void record(long done, Map<String, Double> values) {
    values.forEach((name, value) -> events.scalar(task.tag(name), done, value));
    events.flush();
  }

  private Map<String, Double> draw(Drawn drawn, long done) {
    for (Picture picture : drawn.pictures().get()) {
      byte[] png = Pictures.png(picture.image());
      if (picture.kept()) {
        Pictures.writePng(png, run.resolve(StepPictures.fileName(picture.name(), done)));
      }
      events.image(picture.name(), done, picture.image(), png);
    }
    events.flush();
    return Map.of();
  }

  private Map<String, Double> distribute(Distributed distributed, long done) {
    distributed.values().get().forEach((name, values) -> events.histogram(name, done, values));
    return Map.of();
  }

  private void finish(Map<String, Double> end) {
    try (Phase writing = Phase.begin("writing the model and the report")) {
      TrainingReport report = task.report(run, start, end);
      task.export(run.path(), report.card().licence(task.licence()).markdown());
      report.write();
    }
    LOG.info(
        "the model is in {}, the page of the run in {}",
        run.resolve("model"),
        run.resolve(TrainingReport.PAGE));
  }
}
