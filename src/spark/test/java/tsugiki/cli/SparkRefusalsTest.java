package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

/** What is wrong with a cluster is one sentence, in seconds. */
@Tag("spark")
class SparkRefusalsTest {
  @TempDir private static Path models;
  @TempDir private Path folder;

  @BeforeAll
  static void write() {
    TinyGenerator.make().writer(Precision.FLOAT).write(models.resolve("tiny"));
  }

  private Program generate(Object... more) {
    List<Object> words =
        List.of("generate", "--model", models.resolve("tiny"), "--out", folder.resolve("out"));
    return Program.run(Stream.concat(words.stream(), List.of(more).stream()).toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | --master 'nonsense' is no master | local[*], local[N] or spark://HOST:PORT",
        "local[0] | --master 'local[0]' is no master | spark://HOST:PORT",
        "spark://nowhere | names no host and port | spark://HOST:PORT",
        "spark://no-such-host.invalid:7077 | no machine of the name no-such-host.invalid | the name",
      })
  void aWrongMasterIsOneSentence(String master, String first, String second) {
    generate("--master", master).refuses(folder.resolve("out"), first, second);
  }

  @Test
  void aClosedPortIsOneSentence() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    generate("--master", "spark://127.0.0.1:" + port)
        .refuses(folder.resolve("out"), "does not answer (Connection refused)", "start the master");
  }

  @Test
  void whatAnswersAndIsNoMasterIsOneSentence() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"))) {
      generate("--master", "spark://127.0.0.1:" + mute.getLocalPort())
          .refuses(
              folder.resolve("out"), "answers, but takes no application", "master of Spark 4.");
    }
  }

  @Test
  void anImageThatCannotBeReadIsNamed() throws Exception {
    Path images = Files.createDirectory(folder.resolve("images"));
    Files.write(images.resolve("broken.png"), new byte[] {1, 2, 3});
    Program features =
        Program.run(
            "features", "--images", images, "--out", folder.resolve("f.npy"), "--master", "local");
    features.refuses(folder.resolve("f.npy"), "broken.png");
    assertThat(folder.resolve("f.npy")).doesNotExist();
  }
}
