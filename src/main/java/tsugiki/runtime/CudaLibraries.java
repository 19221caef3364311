package tsugiki.runtime;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import tsugiki.base.Reason;

/**
 * CUDA 12 and cuDNN 9 from the class path (Maven's {@code org.bytedeco:cuda}, classifier {@code
 * linux-x86_64-redist}), so that a GPU's user installs nothing but NVIDIA's driver.
 *
 * <p>TensorFlow opens these libraries by name while its own is loaded. Such an open succeeds when a
 * library of that name is already in the process, so {@link #load} must come before the first
 * TensorFlow class. JavaCPP unpacks them into its cache ({@code ~/.javacpp/cache}) the first time:
 * 2.3 GB, some 20 s.
 */
public final class CudaLibraries {
  private static final String FOLDER = "org/bytedeco/cuda/linux-x86_64/";
  private static final String GPU_TENSORFLOW =
      "org/tensorflow/internal/c_api/linux-x86_64-gpu/libtensorflow_cc.so.2";
  private static final String DRIVER = "libcuda.so.1";

  private static final int ELF_HEADER = 20;
  private static final int ELF_MARK = 'F' << 24 | 'L' << 16 | 'E' << 8 | 0x7f;
  private static final int ELF_64_BIT = 2;
  private static final int ELF_LITTLE_ENDIAN = 1;
  private static final int ELF_X86_64 = 62;

  /**
   * Never loaded here, but searched by the others in their own folder: cuDNN's engines beside
   * {@code libcudnn.so.9}, NVRTC's builtins beside {@code libnvrtc.so.12}.
   */
  static final List<String> UNPACKED_ONLY =
      List.of(
          "libnvrtc-builtins.so.12.6",
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_cnn.so.9",
          "libcudnn_adv.so.9",
          "libcudnn_heuristic.so.9",
          "libcudnn_engines_precompiled.so.9",
          "libcudnn_engines_runtime_compiled.so.9");

  /** Loaded in this order: each after those that it is linked to. */
  static final List<String> LOADED =
      List.of(
          "libcudart.so.12",
          "libnvJitLink.so.12",
          "libnvrtc.so.12",
          "libcublasLt.so.12",
          "libcublas.so.12",
          "libcufft.so.11",
          "libcusparse.so.12",
          "libcusolver.so.11",
          "libcupti.so.12",
          "libcudnn.so.9",
          "libnccl.so.2");

  private CudaLibraries() {}

  /**
   * What a GPU needs and this process does not have, one sentence each, the most basic first. CUDA
   * may be missing on the class path, since {@link #load} can leave it to the system.
   *
   * @return empty when TensorFlow can try the GPU
   */
  public static List<String> missing() {
    return missing(driver().isPresent(), onClassPath(GPU_TENSORFLOW));
  }

  static List<String> missing(boolean driver, boolean tensorflow) {
    return Stream.of(
            driver ? "" : "no NVIDIA driver (" + DRIVER + ", for x86-64) was found on this machine",
            tensorflow
                ? ""
                : "TensorFlow's GPU library is not on the class path; build with the Maven profile"
                    + " gpu, as TSUGIKI_GPU=1 makes tools/tsugiki do")
        .filter(lack -> !lack.isEmpty())
        .toList();
  }

  /**
   * Whether CUDA and cuDNN are on the class path. Without them TensorFlow looks for the system's
   * own, by {@code LD_LIBRARY_PATH}.
   *
   * @return true if {@link #load} has something to load
   */
  public static boolean bundled() {
    return onClassPath(FOLDER + LOADED.get(0));
  }

  /**
   * Brings the driver and the bundled libraries into this process. Does nothing and returns the
   * reason where there is no driver, no GPU library of TensorFlow, or no bundled CUDA; call it
   * before the first TensorFlow class.
   *
   * @return why nothing was loaded, or why loading stopped; empty when everything is in the process
   */
  public static synchronized Optional<String> load() {
    List<String> missing = missing();
    if (!missing.isEmpty()) {
      return Optional.of(missing.get(0));
    }
    try {
      System.load(driver().orElseThrow().toString());
      if (!bundled()) {
        return Optional.of(
            "CUDA is not on the class path; TensorFlow takes the system's own, if it finds one");
      }
      loadBundled();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("CUDA could not be unpacked into JavaCPP's cache: " + Reason.of(e));
    } catch (UnsatisfiedLinkError e) {
      return Optional.of("CUDA could not be loaded: " + Reason.of(e));
    }
  }

  private static void loadBundled() throws IOException {
    for (String library : UNPACKED_ONLY) {
      unpack(library);
    }
    for (String library : LOADED) {
      System.load(unpack(library).getPath());
    }
  }

  private static File unpack(String library) throws IOException {
    URL resource = CudaLibraries.class.getClassLoader().getResource(FOLDER + library);
    if (resource == null) {
      throw new IOException(library + " is not in the CUDA jar on the class path");
    }
    return Loader.cacheResource(resource);
  }

  private static boolean onClassPath(String resource) {
    return CudaLibraries.class.getClassLoader().getResource(resource) != null;
  }

  /**
   * The driver's library: on LD_LIBRARY_PATH, in the linker's cache, or where containers put it.
   */
  private static Optional<Path> driver() {
    String folders = System.getenv().getOrDefault("LD_LIBRARY_PATH", "");
    Stream<Path> named = Stream.of(folders.split(":")).filter(f -> !f.isEmpty()).map(Path::of);
    Stream<Path> usual =
        Stream.of("/usr/local/nvidia/lib64", "/usr/lib/wsl/lib", "/usr/lib64").map(Path::of);
    return firstForX8664(
        Stream.of(
                named.map(folder -> folder.resolve(DRIVER)),
                linkerCache(),
                usual.map(folder -> folder.resolve(DRIVER)))
            .flatMap(paths -> paths));
  }

  /**
   * The first of these files that is a 64-bit library for x86-64; drivers bring 32-bit ones too.
   */
  static Optional<Path> firstForX8664(Stream<Path> files) {
    return files.filter(CudaLibraries::isForX8664).findFirst();
  }

  /** By the ELF header: its mark, class and byte order, and at byte 18 the machine. */
  private static boolean isForX8664(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      ByteBuffer header = ByteBuffer.wrap(in.readNBytes(ELF_HEADER)).order(ByteOrder.LITTLE_ENDIAN);
      return header.limit() == ELF_HEADER
          && header.getInt(0) == ELF_MARK
          && header.get(4) == ELF_64_BIT
          && header.get(5) == ELF_LITTLE_ENDIAN
          && header.getShort(18) == ELF_X86_64;
    } catch (IOException e) {
      return false;
    }
  }

  /** The cache is binary, but it holds every library's path as plain text. */
  private static Stream<Path> linkerCache() {
    try {
      String cache = Files.readString(Path.of("/etc/ld.so.cache"), StandardCharsets.ISO_8859_1);
      return Pattern.compile("/[\\x21-\\x7e]*/" + Pattern.quote(DRIVER) + "(?=\\x00)")
          .matcher(cache)
          .results()
          .map(match -> Path.of(match.group()));
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
