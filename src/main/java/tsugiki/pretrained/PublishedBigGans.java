package tsugiki.pretrained;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import tsugiki.base.BadInputException;
import tsugiki.base.FileDigest;
import tsugiki.base.Reason;
import tsugiki.savedmodel.SavedModelReader;
import tsugiki.weights.NamedArrays;
import tsugiki.weights.WeightFiles;

/**
 * The importer of published BigGANs. It reads weights alone: no graph of a module is loaded, and
 * nothing in a pickle runs.
 */
public final class PublishedBigGans {
  private static final String GRAPH = "saved_model.pb";
  private static final String INDEX = ".index";

  private static final String WANTED =
      "a G_ema.pth or D.pth of BigGAN-PyTorch, or a module of TensorFlow Hub";

  private PublishedBigGans() {}

  /**
   * Imports a network.
   *
   * @param argument the argument that named it, for messages
   * @param path a file of PyTorch's; or a module's archive, its folder, or that of a checkpoint, or
   *     a checkpoint's prefix
   * @param wanted the format that it must have; empty for the one that its names show
   * @throws BadInputException if it is not there, is damaged, is no published BigGAN, has another
   *     format, or its graph would do more than compute
   */
  public static ImportedBigGan open(String argument, Path path, Optional<ImportFormat> wanted) {
    return open(argument, path, wanted, false);
  }

  /**
   * The same, or the discriminator of a file that holds both networks.
   *
   * @throws BadInputException also if it holds no discriminator
   */
  public static ImportedBigGan open(
      String argument, Path path, Optional<ImportFormat> wanted, boolean discriminator) {
    if (Files.isRegularFile(path) && ModuleArchive.isOne(path)) {
      return unpacked(argument, path, wanted, discriminator);
    }
    return open(argument, path, wanted, discriminator, prefix(path));
  }

  private static ImportedBigGan unpacked(
      String argument, Path archive, Optional<ImportFormat> wanted, boolean discriminator) {
    try {
      Path folder = Files.createTempDirectory("tsugiki-module");
      try {
        ModuleArchive.unpack(archive, folder);
        return open(argument, folder, wanted, discriminator)
            .from(archive, FileDigest.sha256(archive));
      } catch (BadInputException e) {
        // The folder is gone when the sentence is read.
        throw new BadInputException(
            e.marked().text().replace(folder.toString(), archive.toString()), e);
      } finally {
        FileUtils.deleteDirectory(folder.toFile());
      }
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be unpacked (%s); make room where temporary files go"
              .formatted(archive, Reason.of(e)),
          e);
    }
  }

  private static ImportedBigGan open(
      String argument,
      Path path,
      Optional<ImportFormat> wanted,
      boolean discriminator,
      Optional<Path> prefix) {
    if (prefix.isEmpty() && Files.isDirectory(path)) {
      throw new BadInputException(
          "%s %s holds no checkpoint (neither variables/variables%s nor one other file *%s); give the module's folder"
              .formatted(argument, path, INDEX, INDEX));
    }
    Optional<Path> module = module(path, prefix);
    module.ifPresent(SavedModelReader::checkTrusted);
    NamedArrays arrays =
        prefix.isPresent()
            ? CheckpointArrays.open(prefix.get())
            : WeightFiles.open(argument, path, WANTED);
    ImportFormat format = format(argument, path, arrays.names());
    if (wanted.isPresent() && wanted.get() != format) {
      throw new BadInputException(
          "%s %s has the names of %s, and ⟨format⟩ is %s; leave ⟨format⟩ out, or give another file"
              .formatted(argument, path, format.word(), wanted.get().word()));
    }
    boolean generator = generator(format, arrays.names(), discriminator);
    if (generator && discriminator) {
      throw new BadInputException(
          "⟨discriminator⟩ asks for a discriminator, and %s %s holds a generator alone; leave it out"
              .formatted(argument, path));
    }
    NamedArrays constants =
        format == ImportFormat.BIGGAN_DEEP_TFHUB
            ? GraphConstants.read(module.orElseThrow(() -> withoutGraph(argument, path)))
            : GraphConstants.NONE;
    return of(format, path, digest(path, prefix), arrays, constants, generator);
  }

  /** Whether the generator is taken, of a file with these names. */
  private static boolean generator(ImportFormat format, Set<String> names, boolean discriminator) {
    return switch (format) {
      case BIGGAN_PYTORCH -> names.contains(TorchLayout.CLASSES);
      case BIGGAN_TFHUB, BIGGAN_DEEP_TFHUB -> true;
      case S3GAN_TFHUB ->
          names.contains(CompareGanLayout.FIRST)
              && !(discriminator && names.contains(CompareGanLayout.SCORE));
    };
  }

  private static BadInputException withoutGraph(String argument, Path path) {
    return new BadInputException(
        "%s %s has no %s beside its checkpoint, in which the statistics of %s are; give the module's folder or archive"
            .formatted(argument, path, GRAPH, ImportFormat.BIGGAN_DEEP_TFHUB.word()));
  }

  /** The folder with the graph of a module, which may have been named by its checkpoint. */
  private static Optional<Path> module(Path path, Optional<Path> prefix) {
    Stream<Path> folders =
        Stream.concat(
            Stream.of(path),
            prefix.map(Path::toAbsolutePath).map(Path::getParent).map(Path::getParent).stream());
    return folders.filter(folder -> Files.isRegularFile(folder.resolve(GRAPH))).findFirst();
  }

  /** Imports the generator of arrays that are open, or the discriminator if there is no other. */
  static ImportedBigGan of(ImportFormat format, Path path, String sha256, NamedArrays arrays) {
    return of(format, path, sha256, arrays, GraphConstants.NONE);
  }

  /**
   * The same of a format whose graph counts too.
   *
   * @param constants of the module's graph
   */
  static ImportedBigGan of(
      ImportFormat format, Path path, String sha256, NamedArrays arrays, NamedArrays constants) {
    boolean generator = generator(format, arrays.names(), false);
    return of(format, path, sha256, arrays, constants, generator);
  }

  /** Imports one of the networks of arrays that are open. */
  static ImportedBigGan of(
      ImportFormat format,
      Path path,
      String sha256,
      NamedArrays arrays,
      NamedArrays constants,
      boolean generator) {
    PublishedArrays checked = new PublishedArrays(path, format.word(), arrays);
    PublishedLayout layout =
        switch (format) {
          case BIGGAN_PYTORCH -> new TorchLayout(checked);
          case BIGGAN_TFHUB -> new HubLayout(checked);
          case BIGGAN_DEEP_TFHUB ->
              new DeepHubLayout(checked, new PublishedArrays(path, format.word(), constants));
          case S3GAN_TFHUB -> new CompareGanLayout(checked, generator);
        };
    return ImportedBigGan.of(format, path, sha256, generator, checked, layout);
  }

  private static ImportFormat format(String argument, Path path, Set<String> names) {
    if (names.contains(TorchLayout.CLASSES) || names.contains(TorchLayout.EMBEDDING)) {
      return ImportFormat.BIGGAN_PYTORCH;
    }
    if (HubLayout.recognises(names)) {
      return ImportFormat.BIGGAN_TFHUB;
    }
    if (DeepHubLayout.recognises(names)) {
      return ImportFormat.BIGGAN_DEEP_TFHUB;
    }
    if (names.contains(CompareGanLayout.FIRST) || names.contains(CompareGanLayout.SCORE)) {
      return ImportFormat.S3GAN_TFHUB;
    }
    throw new BadInputException(
        "%s %s holds no published BigGAN (neither %s, %s, %s, %s/w nor %s/w); its first of %d arrays is %s, so give one of %s"
            .formatted(
                argument,
                path,
                TorchLayout.CLASSES,
                TorchLayout.EMBEDDING,
                CompareGanLayout.FIRST,
                HubLayout.FIRST,
                DeepHubLayout.FIRST,
                names.size(),
                names.stream().findFirst().orElse("none"),
                ImportFormat.words()));
  }

  /** The prefix of the checkpoint that a path names; empty if it names none. */
  private static Optional<Path> prefix(Path path) {
    if (!Files.isDirectory(path)) {
      String name = String.valueOf(path.getFileName());
      if (name.endsWith(INDEX) && Files.isRegularFile(path)) {
        return Optional.of(path.resolveSibling(name.substring(0, name.length() - INDEX.length())));
      }
      return Files.isRegularFile(path.resolveSibling(name + INDEX))
          ? Optional.of(path)
          : Optional.empty();
    }
    Path variables = path.resolve("variables");
    return single(Files.isDirectory(variables) ? variables : path);
  }

  private static Optional<Path> single(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> indices =
          files.filter(file -> file.getFileName().toString().endsWith(INDEX)).toList();
      return indices.size() == 1 ? prefix(indices.get(0)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(Path path, Optional<Path> prefix) {
    try {
      if (prefix.isEmpty()) {
        return FileDigest.sha256(path);
      }
      Path folder = prefix.get().toAbsolutePath().getParent();
      String start = prefix.get().getFileName() + ".";
      List<Path> read = new ArrayList<>();
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.getFileName().toString().startsWith(start)).forEach(read::add);
      }
      return FileDigest.sha256(read.stream().sorted().toList());
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be read again for its SHA-256 (%s); leave it in place until the end"
              .formatted(path, Reason.of(e)),
          e);
    }
  }
}
