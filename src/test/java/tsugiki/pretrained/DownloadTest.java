package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;
import tsugiki.base.InUseException;
import tsugiki.base.OnLine;
import tsugiki.base.Phase;
import tsugiki.base.ProcessLock;
import tsugiki.base.SystemProperty;
import tsugiki.pretrained.Download.Downloaded;

/** Downloads from a server on this machine that has every fault that a server may have. */
class DownloadTest {
  private static final String LOCK = ".weights.bin.lock";
  private static final byte[] CONTENT = new byte[300_000];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  @TempDir private Path folder;
  private final FileServer server = new FileServer(CONTENT);

  @AfterEach
  void stop() {
    server.close();
  }

  private Path file() {
    return folder.resolve("cache/weights.bin");
  }

  private PublishedFile published(String path, long bytes, String sha256, String md5) {
    return new PublishedFile(
        "weights", "for tests", server.at(path), "weights.bin", bytes, sha256, md5, "");
  }

  private PublishedFile unknown() {
    return published("/file", 0, "", "");
  }

  private Downloaded fetch(PublishedFile publication) {
    return fetch(publication, false);
  }

  private Downloaded fetch(PublishedFile publication, boolean again) {
    return new Download(new WeightCache(folder.resolve("cache")), Duration.ZERO)
        .fetch(publication, again, (done, total) -> {});
  }

  private static String sha256(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }

  private void arrived() throws IOException {
    assertThat(file()).hasBinaryContent(CONTENT);
    assertThat(folder.resolve("cache/weights.bin.sha256"))
        .hasContent(sha256(CONTENT) + "  weights.bin");
    try (var files = Files.list(folder.resolve("cache"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("nothing but the file, its checksum and the lock")
          .containsExactlyInAnyOrder("weights.bin", "weights.bin.sha256", LOCK);
    }
  }

  private void nothingIsKept() {
    assertThat(folder.resolve("cache").toFile().list()).as("but the lock").containsExactly(LOCK);
  }

  @Test
  void aFirstDownloadIsTrustedAndRecorded() throws IOException {
    List<Long> reported = new ArrayList<>();
    Downloaded outcome =
        new Download(new WeightCache(folder.resolve("cache")), Duration.ZERO)
            .fetch(
                unknown(),
                false,
                (done, total) -> {
                  assertThat(total).isEqualTo(CONTENT.length);
                  reported.add(done);
                });
    arrived();
    assertThat(outcome)
        .isEqualTo(new Downloaded(file(), CONTENT.length, sha256(CONTENT), true, 0, true));
    assertThat(reported).isSorted().endsWith((long) CONTENT.length);
  }

  @Test
  void whatIsThereIsNotDownloadedAgain() {
    fetch(unknown());
    Downloaded second = fetch(unknown());
    assertThat(second.downloaded()).isFalse();
    assertThat(second.sha256()).isEqualTo(sha256(CONTENT));
    assertThat(server.ranges()).hasSize(1);
    Downloaded forced = fetch(unknown(), true);
    assertThat(forced.downloaded()).isTrue();
    assertThat(forced.trusted()).as("it was the same as the first").isFalse();
  }

  @Test
  void aChangedFileIsRefusedUntilItIsForced() throws IOException {
    fetch(unknown());
    Files.write(file(), new byte[7]);
    refuses(unknown(), file() + " has the SHA-256", "recorded", "force");
    fetch(unknown(), true);
    arrived();
  }

  @Test
  void aLaterDownloadMustBeTheSame() throws IOException {
    fetch(unknown());
    server.content(new byte[9], "\"2\"");
    assertThatThrownBy(() -> fetch(unknown(), true))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("weights.bin.sha256 recorded " + sha256(CONTENT));
    arrived();
  }

  @Test
  void breaksAreMendedByTheRestAlone() throws IOException {
    server.breakingOff(100_000, 50_000, 0);
    Downloaded outcome = fetch(unknown());
    arrived();
    assertThat(outcome.resumed()).as("it began at the beginning").isZero();
    assertThat(server.ranges())
        .containsExactly("", "bytes=100000-", "bytes=150000-", "bytes=150000-");
  }

  @Test
  void aDownloadThatBrokeOffGoesOnTheNextTime() throws IOException {
    server.breakingOff(100_000, 0, 0, 0, 0);
    refuses(unknown(), "broke off after 100000 of 300000 bytes", "run it again");
    assertThat(file()).doesNotExist();
    assertThat(fetch(unknown()).resumed()).isEqualTo(100_000);
    arrived();
  }

  /** One that answered once is given time to come back. */
  @Test
  void aServerThatIsAwayForAWhileIsAskedAgain() throws IOException {
    server.breakingOff(100_000).troubledBy(0, 503);
    fetch(unknown());
    arrived();
    assertThat(server.ranges())
        .containsExactly("", "bytes=100000-", "bytes=100000-", "bytes=100000-");
  }

  @Test
  void aServerThatStaysAwayIsGivenUp() throws IOException {
    server.breakingOff(100_000).troubledBy(0, 0, 500, 503);
    refuses(
        unknown(),
        "broke off after 100000 of 300000 bytes (the server answers with HTTP 503); run it again");
    assertThat(fetch(unknown()).resumed()).isEqualTo(100_000);
    arrived();
  }

  @Test
  void whatTheServerRefusesIsNotAskedForAgain() {
    server.breakingOff(100_000).troubledBy(404);
    refuses(unknown(), "answers with HTTP 404");
    assertThat(server.ranges()).hasSize(2);
  }

  @Test
  void aNewVersionStartsAnew() throws IOException {
    server.breakingOff(100_000, 0, 0, 0, 0).content(new byte[300_000], "\"0\"");
    refuses(unknown(), "broke off");
    server.content(CONTENT, "\"1\"");
    assertThat(fetch(unknown()).resumed()).isZero();
    arrived();
  }

  @Test
  void aServerThatIgnoresRangesStartsAnew() throws IOException {
    server.withoutRanges().breakingOff(100_000, 120_000);
    fetch(unknown());
    arrived();
    assertThat(server.ranges()).containsExactly("", "bytes=100000-", "bytes=120000-");
  }

  @Test
  void aServerWithoutVersionsStartsAnew() throws IOException {
    server.withoutVersions().breakingOff(100_000);
    fetch(unknown());
    arrived();
    assertThat(server.ranges()).containsExactly("", "");
  }

  @Test
  void aPartThatHasAllOfItIsCheckedAnew() throws IOException {
    Files.createDirectories(folder.resolve("cache"));
    Files.write(folder.resolve("cache/weights.bin.part"), new byte[CONTENT.length]);
    Files.writeString(folder.resolve("cache/weights.bin.part.version"), "\"1\"");
    fetch(unknown());
    arrived();
  }

  @Test
  void aServerThatPromisesMoreThanItSends() {
    server.announcingMore(10);
    refuses(unknown(), "broke off after 300000 of 300010 bytes", "closed the connection");
    assertThat(file()).doesNotExist();
  }

  @Test
  void theSizeMustBeThePublished() {
    refuses(published("/file", 299_999, "", ""), "offers 300000 bytes where 299999 are expected");
    assertThat(file()).doesNotExist();
  }

  @Test
  void noMoreComesThanAFileMayHave() {
    server.announcingMore(3L << 30);
    refuses(unknown(), "sends more than the 2147483648 bytes that this file may have");
    server.announcingMore(0).withoutLength();
    refuses(published("/file", 200_000, "", ""), "sends more than the 200000 bytes");
    nothingIsKept();
  }

  @Test
  void aFileOfUnknownLengthArrives() throws IOException {
    server.withoutLength();
    fetch(published("/file", CONTENT.length, "", ""));
    arrived();
  }

  @Test
  void aChecksumThatIsKnownIsWorthMoreThanOneThatWasRecorded() throws IOException {
    server.content(new byte[9], "\"2\"");
    fetch(unknown());
    server.content(CONTENT, "\"1\"");
    PublishedFile known = unknown().withSha256(sha256(CONTENT).toUpperCase(Locale.ROOT));
    refuses(known, "has the SHA-256 " + sha256(new byte[9]), sha256(CONTENT) + " is expected");
    assertThat(fetch(known, true).trusted()).isFalse();
    arrived();
  }

  @Test
  void theChecksumMustBeThePublished() throws IOException {
    String sum = sha256(CONTENT);
    assertThat(fetch(published("/file", CONTENT.length, sum.substring(0, 8), "")).trusted())
        .isFalse();
    arrived();
    Files.delete(file());
    byte[] other = CONTENT.clone();
    other[77] ^= 1;
    server.content(other, "\"2\"");
    refuses(published("/file", 0, sum.substring(0, 8), ""), sum.substring(0, 8) + " is expected");
    refuses(published("/file", 0, "", "0123"), "has the MD5", "publisher's is 0123");
    assertThat(file()).doesNotExist();
    assertThat(folder.resolve("cache/weights.bin.part")).as("kept nothing").doesNotExist();
    server.content(CONTENT, "\"1\"");
    fetch(published("/file", 0, "", md5()));
    arrived();
  }

  /** It counts as published by what is recorded of it. */
  @Test
  void aFileThatWasPutThereIsRecordedWhereItIsThePublished() throws IOException {
    Files.createDirectories(folder.resolve("cache"));
    Files.write(file(), CONTENT);
    Path sum = folder.resolve("cache/weights.bin.sha256");
    fetch(unknown());
    assertThat(sum).as("there is nothing to check it by").doesNotExist();
    refuses(published("/file", 0, "", "0123"), "has the MD5 " + md5());
    assertThat(sum).doesNotExist();
    assertThat(fetch(published("/file", 0, "", md5())).downloaded()).isFalse();
    assertThat(sum).hasContent(sha256(CONTENT) + "  weights.bin");
  }

  @SuppressWarnings("deprecation")
  private static String md5() {
    return Hashing.md5().hashBytes(CONTENT).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"404 moved", "403 later", "503 later"})
  void errorsOfHttp(String status) {
    server.status(Integer.parseInt(status.split(" ")[0]));
    refuses(
        unknown(),
        server.at("/file") + " answers with HTTP " + status.split(" ")[0],
        status.split(" ")[1]);
  }

  @Test
  void redirectsAreFollowedToSafePlaces() throws IOException {
    fetch(published("/moved", 0, "", ""));
    arrived();
    server.redirectingTo("/moved");
    assertThatThrownBy(() -> fetch(published("/moved", 0, "", ""), true))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("redirects without end");
    server.redirectingTo("file:///etc/passwd");
    assertThatThrownBy(() -> fetch(published("/moved", 0, "", ""), true))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("redirects to file:///etc/passwd, which is no safe address");
  }

  @Test
  void noServerAndNoName() {
    URI closed = server.at("/file");
    server.close();
    refuses(unknown(), closed + " cannot be reached (the server does not answer)");
    PublishedFile nowhere =
        new PublishedFile(
            "x", "", URI.create("https://nowhere.invalid/x"), "weights.bin", 0, "", "", "");
    refuses(nowhere, "https://nowhere.invalid/x cannot be reached", "no network");
    nothingIsKept();
  }

  @Test
  void plainHttpIsRefusedBeyondThisMachine() {
    PublishedFile plain =
        new PublishedFile(
            "x", "", URI.create("http://example.org/x"), "weights.bin", 0, "", "", "");
    refuses(plain, "http://example.org/x is no HTTPS address");
  }

  @Test
  void aSilentServerIsGivenUpAndTheDownloadGoesOn() throws IOException {
    server.stallingAfter(100_000);
    Path part = Files.createDirectories(folder.resolve("cache")).resolve("weights.bin.part");
    Path version = folder.resolve("cache/weights.bin.part.version");
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      new HttpDownload(
              unknown(), part, version, (done, total) -> {}, Duration.ZERO, Duration.ofMillis(300))
          .fill(out);
    }
    assertThat(part).hasBinaryContent(CONTENT);
    assertThat(server.ranges()).containsExactly("", "bytes=100000-");
  }

  @Test
  void aFullDisk() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "this system has no /dev/full");
    Files.createDirectories(folder.resolve("cache"));
    Files.createSymbolicLink(folder.resolve("cache/weights.bin.part"), full);
    refuses(unknown(), file() + " cannot be written (No space left on device)", "TSUGIKI_CACHE");
  }

  @Test
  void aPartThatAnotherDownloadWrites() throws IOException {
    try (ProcessLock other = ProcessLock.take(folder.resolve("cache/" + LOCK)).orElseThrow()) {
      assertThat(other).isNotNull();
      assertThatThrownBy(() -> fetch(unknown()))
          .isInstanceOf(InUseException.class)
          .hasMessageContaining(file() + " is being written by another download");
    }
    fetch(unknown());
    arrived();
  }

  /** Otherwise the other one could cut the part that has just been checked, or is being moved. */
  @Test
  void noOtherDownloadBeginsWhileWhatCameIsChecked() throws IOException {
    Runnable other = () -> refuses(unknown(), file() + " is being written by another download");
    try (SystemProperty atOnce = new SystemProperty("tsugiki.phase", "0");
        OnLine checking = new OnLine(Phase.class.getName(), "weights.bin.part", other)) {
      fetch(unknown());
      assertThat(checking.done()).isTrue();
    }
    arrived();
  }

  @Test
  void aCacheThatCannotBeMade() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file");
    refuses(unknown(), "the cache " + folder.resolve("cache") + " cannot be made");
  }

  @Test
  void publicationsTellWhatTheyKnow() {
    for (PublishedFile each : PublishedFile.all()) {
      assertThat(each.address().getPath())
          .as("the file's name at the publisher, or a module's version")
          .matches(".+(\\.\\w+|/\\d+)");
      assertThat(each.sha256()).matches("([0-9a-f]{64}|[0-9a-f]{8})?");
      assertThat(each.md5()).matches("([0-9a-f]{32})?");
      // Google published its networks, and DeepMind its modules, without one.
      boolean without =
          each.equals(PublishedFile.INCEPTION)
              || each.name().matches("(biggan-(deep-)?|s3gan-[0-9.]+-)\\d+");
      assertThat(each.hasChecksum()).as(each.name()).isEqualTo(!without);
    }
    for (PublishedFile torch :
        List.of(
            PublishedFile.INCEPTION_TORCH,
            PublishedFile.INCEPTION_TORCHVISION,
            PublishedFile.VGG16_TORCH)) {
      assertThat(torch.file()).contains("-" + torch.sha256().substring(0, 8) + ".pth");
    }
  }

  private void refuses(PublishedFile publication, String... words) {
    assertThatThrownBy(() -> fetch(publication))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }
}
