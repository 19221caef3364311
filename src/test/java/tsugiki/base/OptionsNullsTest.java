package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tsugiki.activation.ActivationStudyOptions;
import tsugiki.augment.StaticPolicy;
import tsugiki.augmentation.AugmentOptions;
import tsugiki.augmentation.AugmentationStudyOptions;
import tsugiki.cluster.BulkOptions;
import tsugiki.gan.BigGanOptions;
import tsugiki.gan.DcganBookOptions;
import tsugiki.gan.DcganOptions;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.GanWatchOptions;
import tsugiki.graft.GraftOptions;
import tsugiki.graft.GraftStudyOptions;
import tsugiki.graft.InversionOptions;
import tsugiki.labels.LabelOptions;
import tsugiki.labels.LabelStudyOptions;
import tsugiki.labels.LabelledGanOptions;
import tsugiki.recognition.FeatureRunOptions;
import tsugiki.recognition.FeatureTrainingOptions;
import tsugiki.runtime.Device;
import tsugiki.score.ScoreOptions;
import tsugiki.single.FineTuning;
import tsugiki.single.SingleMode;
import tsugiki.single.SingleOptions;
import tsugiki.train.Execution;

/** What the options of the library do with a null: they name it, or take a default for it. */
class OptionsNullsTest {
  private static final Path PLACE = Path.of("place");

  /** Those that may be null, as their records say. */
  private static final Set<String> NONE = Set.of("master", "fineTuning", "mask");

  /** Every record of options with the records of options in it. */
  static Stream<Record> options() {
    Execution execution = Execution.here(Device.CPU);
    GanRunOptions gan =
        GanRunOptions.defaults(PLACE, execution)
            .withWatch(GanWatchOptions.defaults().withScoreNetwork("starter"));
    GraftOptions graft = GraftOptions.of(PLACE, PLACE, execution);
    return Stream.<Record>of(
            execution,
            GraftStudyOptions.defaults(graft),
            InversionOptions.defaults(execution),
            ActivationStudyOptions.defaults(gan.withNetwork(DcganOptions.defaults())),
            AugmentationStudyOptions.defaults(gan),
            LabelStudyOptions.defaults(gan, FeatureTrainingOptions.defaults()),
            new LabelledGanOptions(gan, LabelOptions.defaults()),
            AugmentOptions.defaults(PLACE, List.of(StaticPolicy.values()[0])),
            FeatureRunOptions.defaults(PLACE, execution),
            SingleOptions.of(PLACE, SingleMode.GENERATE, execution),
            new FineTuning(PLACE, PLACE, null, 1),
            BigGanOptions.defaults(),
            DcganBookOptions.defaults(),
            BulkOptions.defaults(),
            ScoreOptions.defaults())
        .flatMap(OptionsNullsTest::withParts)
        .distinct();
  }

  private static Stream<Record> withParts(Record options) {
    return Stream.concat(
        Stream.of(options),
        Arrays.stream(options.getClass().getRecordComponents())
            .filter(part -> part.getType().getName().matches(".*(Options|Labels)"))
            .flatMap(part -> withParts((Record) value(options, part))));
  }

  @ParameterizedTest
  @MethodSource("options")
  void aNullIsNamedOrHasADefault(Record options) throws ReflectiveOperationException {
    RecordComponent[] parts = options.getClass().getRecordComponents();
    Constructor<?> constructor =
        options
            .getClass()
            .getDeclaredConstructor(
                Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
    for (int i = 0; i < parts.length; i++) {
      Object[] values = Arrays.stream(parts).map(part -> value(options, part)).toArray();
      values[i] = null;
      if (parts[i].getType().isPrimitive() || NONE.contains(parts[i].getName())) {
        continue;
      }
      try {
        Object made = constructor.newInstance(values);
        assertThat(value((Record) made, parts[i])).as("%s", parts[i]).isNotNull();
      } catch (InvocationTargetException e) {
        Throwable refusal = e.getCause();
        assertThat(refusal)
            .as("%s", parts[i])
            .isInstanceOfAny(NullPointerException.class, BadInputException.class);
        String name = parts[i].getName();
        assertThat(refusal.getMessage())
            .matches(refusal instanceof BadInputException ? ".*\\b" + name + "\\b.*" : name);
      }
    }
  }

  private static Object value(Record options, RecordComponent part) {
    try {
      return part.getAccessor().invoke(options);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
