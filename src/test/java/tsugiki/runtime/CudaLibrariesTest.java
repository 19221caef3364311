package tsugiki.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;

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
}
