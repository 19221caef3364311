package tsugiki.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaLibrariesTest {
  @Test
  void aLibraryComesAfterThoseThatItIsLinkedTo() {
    assertThat(CudaLibraries.LOADED)
        .startsWith("libcudart.so.12")
        .doesNotHaveDuplicates()
        .containsSubsequence("libcublasLt.so.12", "libcublas.so.12", "libcusolver.so.11")
        .containsSubsequence("libnvJitLink.so.12", "libcusparse.so.12", "libcusolver.so.11")
        .containsSubsequence("libcublas.so.12", "libcudnn.so.9");
  }

  @Test
  void whatIsOnlyUnpackedIsNotLoaded() {
    assertThat(CudaLibraries.LOADED).doesNotContainAnyElementsOf(CudaLibraries.UNPACKED_ONLY);
    assertThat(CudaLibraries.UNPACKED_ONLY)
        .filteredOn(library -> library.startsWith("libcudnn_"))
        .as("the parts of cuDNN 9")
        .hasSize(7);
  }

  @Test
  void nothingIsMissingWhereDriverAndTensorFlowAreThere() {
    assertThat(CudaLibraries.missing(true, true)).isEmpty();
  }

  @Test
  void theDriverIsNamedBeforeTensorFlowsLibrary() {
    assertThat(CudaLibraries.missing(false, false))
        .satisfiesExactly(
            first -> assertThat(first).contains("NVIDIA driver").contains("libcuda.so.1"),
            second -> assertThat(second).contains("TSUGIKI_GPU=1"));
  }

  @Test
  void withoutTheGpuProfileLoadDoesNothingAndSaysWhy() {
    assumeFalse(CudaLibraries.bundled(), "CUDA is on the class path: the profile gpu");

    assertThat(CudaLibraries.missing()).isNotEmpty();
    assertThat(CudaLibraries.load()).contains(CudaLibraries.missing().get(0));
  }

  @Test
  void aDriverOfAnotherArchitectureIsPassedOver(@TempDir Path folder) throws IOException {
    Path i386 = library(folder.resolve("i386.so"), 1, 3);
    Path arm = library(folder.resolve("aarch64.so"), 2, 183);
    Path script =
        Files.writeString(folder.resolve("script.so"), "GROUP ( libcuda.so.1.1 ) /* ld */");
    Path cut = Files.write(folder.resolve("cut.so"), new byte[] {0x7f, 'E', 'L', 'F'});
    Path none = folder.resolve("none.so");
    Path x8664 = library(folder.resolve("x86-64.so"), 2, 62);

    assertThat(CudaLibraries.firstForX8664(Stream.of(i386, arm, script, cut, none, x8664)))
        .contains(x8664);
    assertThat(CudaLibraries.firstForX8664(Stream.of(i386, arm, script, cut, none))).isEmpty();
  }

  private static Path library(Path file, int bits, int machine) throws IOException {
    byte[] bytes = new byte[64];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', (byte) bits, 1, 1}, 0, bytes, 0, 7);
    bytes[16] = 3;
    bytes[18] = (byte) machine;
    return Files.write(file, bytes);
  }
}
