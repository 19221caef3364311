package tsugiki.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * The measurements and pictures of a training, each taken every so many steps and after the last
 * step. {@link TrainingRun} takes the observations to {@code metrics.jsonl}, TensorBoard and the
 * run directory.
 */
public final class Observers {
  record Drawn(long every, Supplier<List<Picture>> pictures) {}

  record Distributed(long every, Supplier<Map<String, float[]>> values) {}

  private final List<Consumer<TrainingLoop>> measured = new ArrayList<>();
  private final List<Drawn> drawn = new ArrayList<>();
  private final List<Distributed> distributed = new ArrayList<>();

  Observers() {}

  /** Measures numbers, which go into {@code metrics.jsonl} and TensorBoard. */
  public Observers measure(long every, TrainingLoop.Observer observer) {
    measured.add(loop -> loop.every(every, observer));
    return this;
  }

  /**
   * The same after the steps that a predicate accepts. The weights are checked before each of them,
   * which takes time: a predicate is for what is seldom due.
   */
  public Observers measureWhen(LongPredicate due, TrainingLoop.Observer observer) {
    measured.add(loop -> loop.when(due, observer));
    return this;
  }

  /** Draws pictures, the first time before the first step. */
  public Observers pictures(long every, Supplier<List<Picture>> pictures) {
    drawn.add(new Drawn(every, pictures));
    return this;
  }

  /** Shows distributions of values in TensorBoard, by tag. */
  public Observers histograms(long every, Supplier<Map<String, float[]>> values) {
    distributed.add(new Distributed(every, values));
    return this;
  }

  /** Each adds itself to the loop. */
  List<Consumer<TrainingLoop>> measured() {
    return measured;
  }

  List<Drawn> drawn() {
    return drawn;
  }

  List<Distributed> distributed() {
    return distributed;
  }
}
