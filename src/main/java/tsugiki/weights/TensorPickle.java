package tsugiki.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * A reader of pickles that describe tensors. A pickle is a program that may call anything by name,
 * so only what a state dict needs has a name here, and all of it only describes; the rest is
 * refused before it runs.
 */
final class TensorPickle extends Unpickler {
  /**
   * An array of numbers in the file.
   *
   * @param key the storage's name in the file
   * @param count how many numbers it has
   */
  record Storage(StorageType type, String key, long count) {}

  /** A view of a storage: PyTorch's offset and strides count numbers, not bytes. */
  record Tensor(Storage storage, long offset, long[] shape, long[] strides) {}

  private record TypeName(StorageType type) implements IObjectConstructor {
    @Override
    public Object construct(Object[] arguments) {
      throw new IllegalStateException("a storage that is made anew");
    }
  }

  /** Names are short; a longer text is damage. */
  private static final int MOST_TEXT = 1 << 20;

  private final String file;
  private final Map<String, Storage> storages;

  /**
   * Makes a reader of one pickle.
   *
   * @param file the name of the file in messages
   * @param storages receives every storage that a tensor names, by key
   */
  TensorPickle(String file, Map<String, Storage> storages) {
    this.file = file;
    this.storages = storages;
  }

  /**
   * Reads the pickle that starts here, and nothing after it.
   *
   * @param in a stream that can be marked
   * @throws BadInputException if it asks for more than tensors, or is damaged
   */
  Object read(InputStream in) {
    try {
      return load(in);
    } catch (BadInputException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // The library meets damage with whatever its casts run into.
      throw new BadInputException(
          "%s is a damaged PyTorch file (%s); copy or download it again"
              .formatted(file, Reason.of(e)),
          e);
    }
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    switch (opcode) {
      case Opcodes.GLOBAL -> name(PickleUtils.readline(input), PickleUtils.readline(input));
      case Opcodes.STACK_GLOBAL -> {
        String name = (String) stack.pop();
        name((String) stack.pop(), name);
      }
      case Opcodes.INST, Opcodes.OBJ, Opcodes.NEWOBJ, Opcodes.NEWOBJ_EX ->
          throw refused("makes objects of its own classes");
      // An object's further attributes; those of a state dict are versions of its layers.
      case Opcodes.BUILD -> stack.pop();
      case Opcodes.BINUNICODE, Opcodes.BINBYTES, Opcodes.BINSTRING, Opcodes.LONG4 -> {
        checkLength(Integer.BYTES);
        return super.dispatch(opcode);
      }
      case Opcodes.BINUNICODE8, Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> {
        checkLength(Long.BYTES);
        return super.dispatch(opcode);
      }
      // Both in the file's order, which the library's own dictionaries forget.
      case Opcodes.SETITEMS -> setItems(stack.pop_all_since_marker());
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
      default -> {
        return super.dispatch(opcode);
      }
    }
    return NO_RETURN_VALUE;
  }

  @SuppressWarnings("unchecked")
  private void setItems(List<Object> items) {
    Map<Object, Object> target = (Map<Object, Object>) stack.peek();
    for (int i = 0; i < items.size(); i += 2) {
      target.put(items.get(i), items.get(i + 1));
    }
  }

  /**
   * Refuses a length that no text of a state dict has: the library reserves it before it reads.
   *
   * @param bytes of the length itself, little-endian
   */
  private void checkLength(int bytes) throws IOException {
    input.mark(bytes);
    byte[] number = PickleUtils.readbytes(input, bytes);
    input.reset();
    ByteBuffer little = ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes == Long.BYTES ? little.getLong() : little.getInt();
    if (length < 0 || length > MOST_TEXT) {
      throw new IOException("a text of " + length + " bytes");
    }
  }

  private void name(String module, String name) {
    stack.add(
        switch (module + "." + name) {
          case "collections.OrderedDict" -> (IObjectConstructor) TensorPickle::dictionary;
          case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" ->
              (IObjectConstructor) TensorPickle::tensor;
          case "torch._utils._rebuild_parameter" -> (IObjectConstructor) arguments -> arguments[0];
          default ->
              StorageType.named(name)
                  .filter(type -> module.equals("torch"))
                  .map(TypeName::new)
                  .orElseThrow(() -> refused("calls " + module + "." + name));
        });
  }

  private BadInputException refused(String what) {
    return new BadInputException(
        file
            + " "
            + what
            + ", and a pickle can run any code, so only plain state dicts are read; save one with"
            + " torch.save(model.state_dict(), FILE)");
  }

  private static Object dictionary(Object[] arguments) {
    Map<Object, Object> map = new LinkedHashMap<>();
    if (arguments.length > 0) {
      for (Object pair : (List<?>) arguments[0]) {
        List<?> two = pair instanceof List<?> list ? list : Arrays.asList((Object[]) pair);
        map.put(two.get(0), two.get(1));
      }
    }
    return map;
  }

  private static Object tensor(Object[] arguments) {
    return new Tensor(
        Objects.requireNonNull((Storage) arguments[0], "a tensor without a storage"),
        ((Number) arguments[1]).longValue(),
        longs(arguments[2]),
        longs(arguments[3]));
  }

  private static long[] longs(Object tuple) {
    return Arrays.stream((Object[]) tuple).mapToLong(n -> ((Number) n).longValue()).toArray();
  }

  /** ('storage', type, key, device, count), and in old files a view, which is None. */
  @Override
  protected Object persistentLoad(Object id) {
    List<Object> parts = new ArrayList<>(Arrays.asList((Object[]) id));
    if (parts.size() > 5 && parts.get(5) != null) {
      throw refused("has storages that are views of others");
    }
    String key = parts.get(2).toString();
    Storage storage =
        new Storage(((TypeName) parts.get(1)).type(), key, ((Number) parts.get(4)).longValue());
    storages.put(key, storage);
    return storage;
  }
}
