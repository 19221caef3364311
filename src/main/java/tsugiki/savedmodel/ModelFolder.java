package tsugiki.savedmodel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.FileDigest;
import tsugiki.base.Reason;

/** The folder of a SavedModel, to be copied whole, also as a version of a TensorFlow Serving. */
public final class ModelFolder {
  private ModelFolder() {}

  /**
   * The SHA-256 of a SavedModel's graph and variables, as {@link FileDigest#sha256(List)} has it.
   *
   * @return 64 hexadecimal digits
   */
  public static String digest(Path model) {
    List<Path> files = new ArrayList<>(List.of(SavedModelWriter.graph(model)));
    Path prefix = SavedModelWriter.variables(model);
    String name = prefix.getFileName() + ".";
    try {
      if (Files.isDirectory(prefix.getParent())) {
        try (Stream<Path> all = Files.list(prefix.getParent())) {
          all.filter(file -> file.getFileName().toString().startsWith(name))
              .sorted()
              .forEach(files::add);
        }
      }
      return FileDigest.sha256(files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies a model. The copy appears whole or not at all; a model that was there is replaced.
   *
   * @param card makes the copy's card of the model's; of a model without one, of its name alone.
   *     Empty to copy the card as it is
   * @throws BadInputException if the target holds something that is no SavedModel or lies in the
   *     model's folder, or the card that is to be changed is not UTF-8
   */
  public static void copy(Path model, Path target, Optional<UnaryOperator<String>> card) {
    SavedModelWriter.checkTarget(target);
    try (DurableFolder folder = filled(model, target, card)) {
      folder.publish();
    } catch (IOException e) {
      throw SavedModelWriter.unwritten(target, e);
    }
  }

  /**
   * Copies a model into the layout of TensorFlow Serving, {@code BASE/VERSION/saved_model.pb}, as
   * the version after those that are there. The server takes the highest one, and takes it once it
   * is whole. Of several processes that do so at once, each gets a version of its own.
   *
   * @param base the folder of all versions, the server's {@code model_base_path}
   * @param card as for {@link #copy}
   * @return the folder of the new version, at first {@code BASE/1}
   * @throws BadInputException if the model has no signature that the server can call, the base is a
   *     file or lies in the model's folder, or the card that is to be changed is not UTF-8
   */
  public static Path serve(Path model, Path base, Optional<UnaryOperator<String>> card) {
    MetaGraphDef graph = SavedModelReader.serving(model);
    String method =
        graph
            .getSignatureDefOrDefault(ModelSignature.KEY, SignatureDef.getDefaultInstance())
            .getMethodName();
    if (!method.equals(ModelSignature.METHOD)) {
      throw new BadInputException(
          "%s has no signature %s of the method %s, which TensorFlow Serving calls; give a model that this program wrote"
              .formatted(model, ModelSignature.KEY, ModelSignature.METHOD));
    }
    if (Files.exists(base) && !Files.isDirectory(base)) {
      throw new BadInputException("⟨serving⟩ " + base + " is a file; name a folder");
    }
    Path version = next(base);
    boolean made = !Files.exists(base);
    try (DurableFolder folder = filled(model, version, card)) {
      // Another process may have taken the number while this one copied.
      do {
        version = next(base);
      } while (!folder.publishNew(version));
    } catch (IOException e) {
      throw SavedModelWriter.unwritten(version, e);
    } finally {
      if (made && newest(base) == 0) {
        // Nothing is left of what could not be written.
        base.toFile().delete();
      }
    }
    return version;
  }

  private static Path next(Path base) {
    return base.resolve(Long.toString(newest(base) + 1));
  }

  private static long newest(Path base) {
    if (!Files.isDirectory(base)) {
      return 0;
    }
    try (Stream<Path> versions = Files.list(base)) {
      return versions
          .map(version -> version.getFileName().toString())
          .filter(name -> name.matches("\\d{1,18}"))
          .mapToLong(Long::parseLong)
          .max()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy that is not published yet. */
  private static DurableFolder filled(Path model, Path target, Optional<UnaryOperator<String>> card)
      throws IOException {
    Path source = model.toRealPath();
    // The draft would be copied into itself without end.
    if (real(target.toAbsolutePath().normalize().getParent()).startsWith(source)) {
      throw new BadInputException(
          "%s lies in the model's own folder %s; name a folder elsewhere".formatted(target, model));
    }
    // Before anything is written.
    Optional<String> changed = card.map(change -> change.apply(card(model)));
    DurableFolder folder = DurableFolder.create(target);
    try {
      PathUtils.copyDirectory(source, folder.draft());
      if (changed.isPresent()) {
        Path copied = folder.draft().resolve(SavedModelWriter.CARD);
        // The copy of a read-only file is read-only too, so it gives way to a new one.
        Files.deleteIfExists(copied);
        Files.writeString(copied, changed.get());
      }
      return folder;
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** A path whose links are followed as far as it exists. */
  private static Path real(Path path) throws IOException {
    return Files.exists(path)
        ? path.toRealPath()
        : real(path.getParent()).resolve(path.getFileName());
  }

  private static String card(Path model) {
    Path file = model.resolve(SavedModelWriter.CARD);
    if (!Files.isRegularFile(file)) {
      return "# %s\n".formatted(model.toAbsolutePath().normalize().getFileName());
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new BadInputException(
          "%s is not UTF-8 text, so ⟨licence⟩ cannot be written into it; save it as UTF-8, or leave ⟨licence⟩ out"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, Reason.of(e)), e);
    }
  }
}
