package tsugiki.base;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.regex.Pattern;

/**
 * Why something failed, in words for the user and without the names of Java's classes. Of many
 * exceptions of files Java gives the path alone, or no message at all.
 */
public final class Reason {
  /** How a message looks that passes on another exception's class, as in {@code a.b.C: words}. */
  private static final Pattern CLASS_NAME = Pattern.compile("^(?:[a-z]\\w*\\.)+[A-Z][\\w$]*: ");

  private Reason() {}

  /**
   * The reason in words, such as {@code permission denied}; the file is not named where the caller
   * is expected to name it.
   */
  public static String of(Throwable failure) {
    if (failure instanceof UncheckedIOException e
        && e.getCause().toString().equals(e.getMessage())) {
      return of(e.getCause());
    }
    if (failure instanceof FileSystemException e) {
      return ofFile(e);
    }
    if (failure instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    String first = of(failure.getMessage());
    if (failure instanceof FileNotFoundException && first.endsWith(")")) {
      return first.substring(first.lastIndexOf('(') + 1, first.length() - 1);
    }
    return first.isEmpty() ? unnamed(failure) : first;
  }

  private static String ofFile(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file is in the way";
    }
    if (e instanceof NotDirectoryException) {
      return "it is no folder";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (e instanceof FileSystemLoopException) {
      return "its links lead in a circle";
    }
    return e.getReason() == null ? "the system refused it" : e.getReason();
  }

  private static String unnamed(Throwable failure) {
    return failure instanceof IOException ? "it ended too early or is damaged" : "no reason given";
  }

  /** The first line of a library's message; empty for none. */
  public static String of(String message) {
    String line = message == null ? "" : message.lines().findFirst().orElse("").strip();
    return CLASS_NAME.matcher(line).replaceFirst("");
  }
}
