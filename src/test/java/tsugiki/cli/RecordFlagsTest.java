package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.Checks;

/** Flags of records: what they are called, what they take, and what comes of them. */
class RecordFlagsTest {
  /** An enum that is typed in words. */
  enum Kind {
    NEAR_BY,
    FAR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A nested record. */
  record Widths(float blur, float sharp) {
    Widths {
      Checks.positive("blur", blur);
      Checks.positive("sharp", sharp);
    }
  }

  /** A record of options. */
  record Sample(
      int count, List<Kind> kinds, String title, boolean mirror, Widths widths, long seed) {
    Sample {
      Checks.atLeast("count", count, 1);
    }
  }

  /** Another nested record. */
  record Ends(int first, int last) {}

  /** A record that puts defaults in the place of nulls. */
  private record Filled(Integer size, Integer depth, Ends ends) {
    Filled {
      ends = Objects.requireNonNullElse(ends, new Ends(1, 2));
      size = Objects.requireNonNullElse(size, 64);
      depth = Objects.requireNonNullElse(depth, size / 16);
    }
  }

  private static final Sample DEFAULTS =
      new Sample(3, List.of(Kind.FAR), "", true, new Widths(1.5f, 2), 7);

  private static final RecordFlags<Sample> FLAGS =
      RecordFlags.of(DEFAULTS).named("widths.sharp", "sharp-width");

  private static final RecordFlags<Filled> FILLED = RecordFlags.of(Filled.class);

  /** A verb. */
  @Command(name = "sample", sortOptions = false)
  static final class Verb implements Runnable {
    @Spec private CommandSpec spec;

    @Mixin(name = "What is drawn:")
    private final FlagSection drawn =
        new FlagSection("sample", FLAGS.without("seed", "widths"))
            .and("from far", RecordFlags.of(sample(1)).only("count", "mirror"))
            .and("abroad", RecordFlags.of(sample(1)).only("count"))
            .and("at home", RecordFlags.of(sample(3)).only("count"));

    @Mixin(name = "How:")
    private final FlagSection how = new FlagSection("sample", FLAGS.only("widths"));

    @Mixin private final FlagSection filled = new FlagSection("sample", FILLED);

    private Sample read;
    private Filled networks;

    @Override
    public void run() {
      read = FLAGS.read(spec);
      networks = FILLED.read(spec);
    }
  }

  private static Sample sample(int count) {
    return new Sample(count, List.of(), "", true, DEFAULTS.widths(), 0);
  }

  private final Verb verb = new Verb();

  private Program run(String words) {
    CommandLine line = Tsugiki.configure(new CommandLine(verb));
    return Program.run(line, (Object[]) words.split(" "));
  }

  private Sample read(String words) {
    run(words).succeeds();
    return verb.read;
  }

  @Test
  void whatIsNotGivenIsTheDefault() {
    assertThat(read("--no-mirror --count=3").widths()).isSameAs(DEFAULTS.widths());
    assertThat(read("--mirror")).isEqualTo(DEFAULTS);
  }

  @Test
  void everyFlagSetsItsComponentAndTheLastValueCounts() {
    assertThat(
            read(
                "--count 4 --kinds near-by,FAR --title A --no-mirror --blur 3 --sharp-width 4 --count 5"))
        .isEqualTo(new Sample(5, List.of(Kind.NEAR_BY, Kind.FAR), "A", false, new Widths(3, 4), 7));
  }

  @Test
  void othersThanTheDefaultsCanStandForWhatIsNotGiven() {
    read("--blur 3");
    assertThat(FLAGS.given(verb.spec)).containsOnlyKeys("widths.blur");
    assertThat(FLAGS.read(verb.spec, sample(9)))
        .isEqualTo(new Sample(9, List.of(), "", true, new Widths(3, 2), 0));
  }

  @Test
  void aDefaultMayFollowFromAnotherFlag() {
    read("--size 256");
    assertThat(verb.networks).isEqualTo(new Filled(256, 16, new Ends(1, 2)));
    read("--size 256 --depth 3 --last 9");
    assertThat(verb.networks).isEqualTo(new Filled(256, 3, new Ends(1, 9)));
  }

  @Test
  void aValueMayBeTypedOtherwise() {
    RecordFlags<Sample> typed = FLAGS.value("count", given -> 10 * (Integer) given);
    read("--count 4");
    assertThat(typed.read(verb.spec).count()).isEqualTo(40);
  }

  @Test
  void aRefusedValueIsNamedByItsFlag() {
    assertThat(run("--count 0").err()).startsWith("tsugiki: --count is 0");
    assertThat(run("--sharp-width 0").err()).startsWith("tsugiki: --sharp-width is 0");
    assertThat(run("--kinds far,there").err())
        .contains("--kinds", "'there' is unknown; choose one of near-by, far");
    assertThat(run("--mirror=perhaps").exitCode()).isEqualTo(2);
    assertThat(run("--seed 3").err()).contains("--seed");
    assertThat(verb.read).isNull();
  }

  @Test
  void theHelpHasTheWordsOfTheFileAndTheDefaultsOfTheRecords() {
    String help = new CommandLine(verb).getHelp().optionList();
    assertThat(Tsugiki.configure(new CommandLine(verb)).getUsageMessage().replaceAll("\\s+", " "))
        .contains("What is drawn: --count=N How many; 5% are few. Default: 3; from far, abroad 1.")
        .contains("--kinds=KIND[,KIND...] Some of near-by, far. Default: far.")
        .contains("--title=TEXT Of the picture. Default: its name.")
        .contains("--[no-]mirror Mirror. Default: yes.")
        .contains("How: --blur=W The width. Default: 1.5. --sharp-width=W The other width.");
    assertThat(help).contains("--depth");
  }

  @Test
  void aComponentThatIsNotThereIsAMistakeOfTheProgram() {
    assertThatThrownBy(() -> FLAGS.only("width")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FLAGS.named("sharp", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(FLAGS.without("widths").names())
        .containsExactlyInAnyOrder("--count", "--kinds", "--title", "--mirror", "--seed");
  }
}
