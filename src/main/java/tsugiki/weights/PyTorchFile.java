package tsugiki.weights;

import com.google.common.io.CountingInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;
import tsugiki.base.Uninterrupted;

/**
 * A state dict as {@code torch.save} writes it: a zip with {@code data.pkl} and one member per
 * storage, or the format before PyTorch 1.6, five pickles and then the storages. The state dict may
 * also be the value of {@code state_dict} in another dict.
 */
final class PyTorchFile implements NamedArrays {
  /** The pickle in a zip. */
  static final String PICKLE = "data.pkl";

  /** What the older format starts with: protocol 2 and {@link #MAGIC}. */
  static final byte[] START = {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc};

  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final Integer PROTOCOL = 1001;

  /** Elements of an expanded tensor, which needs no more than one number in the file. */
  private static final long MOST_REPEATED = 1 << 20;

  private final Path file;
  private final Map<String, TensorPickle.Tensor> tensors = new LinkedHashMap<>();
  private final Function<TensorPickle.Storage, ByteBuffer> bytes;

  private PyTorchFile(Path file, Object dict, Function<TensorPickle.Storage, ByteBuffer> bytes) {
    this.file = file;
    this.bytes = bytes;
    Object states = dict instanceof Map<?, ?> map ? map.get("state_dict") : null;
    Map<?, ?> state = states instanceof Map<?, ?> inner ? inner : asMap(file, dict);
    state.forEach(
        (name, value) -> {
          if (name instanceof String key && value instanceof TensorPickle.Tensor tensor) {
            tensors.put(key, tensor);
          }
        });
  }

  private static Map<?, ?> asMap(Path file, Object dict) {
    if (dict instanceof Map<?, ?> map) {
      return map;
    }
    throw new BadInputException(
        file + " holds no dict of tensors; save one with torch.save(model.state_dict(), FILE)");
  }

  /**
   * Reads what a zip lists.
   *
   * @param pickle the path of {@link #PICKLE} in it
   * @throws BadInputException if it is damaged, or holds more than tensors
   */
  static PyTorchFile zip(Path file, String pickle) {
    WeightZip zip = new WeightZip(file);
    String folder = pickle.substring(0, pickle.length() - PICKLE.length());
    Object dict =
        new TensorPickle(file.toString(), new HashMap<>())
            .read(new ByteArrayInputStream(zip.read(pickle)));
    return new PyTorchFile(
        file, dict, storage -> ByteBuffer.wrap(zip.read(folder + "data/" + storage.key())));
  }

  /** Reads the older format; otherwise as {@link #zip}. */
  static PyTorchFile legacy(Path file) {
    Map<String, TensorPickle.Storage> storages = new HashMap<>();
    Map<String, Long> starts = new HashMap<>();
    try (InputStream stream = Files.newInputStream(file);
        CountingInputStream in = new CountingInputStream(new BufferedInputStream(stream))) {
      Object magic = pickle(file, storages, in);
      Object protocol = pickle(file, storages, in);
      if (!MAGIC.equals(magic) || !PROTOCOL.equals(protocol)) {
        throw damaged(file, "it starts with another number than PyTorch's", null);
      }
      Object system = pickle(file, storages, in);
      if (!Boolean.TRUE.equals(asMap(file, system).get("little_endian"))) {
        throw damaged(file, "its numbers are big-endian", null);
      }
      Object dict = pickle(file, storages, in);
      if (!(pickle(file, storages, in) instanceof List<?> keys)) {
        throw damaged(file, "it does not list its storages", null);
      }
      for (Object key : keys) {
        TensorPickle.Storage storage = storages.get(String.valueOf(key));
        byte[] count = in.readNBytes(Long.BYTES);
        if (storage == null
            || count.length < Long.BYTES
            || ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN).getLong() != storage.count()) {
          throw damaged(file, "its storage " + key + " is not where it should be", null);
        }
        starts.put(storage.key(), in.getCount());
        in.skipNBytes(storage.count() * storage.type().bytes());
      }
      return new PyTorchFile(file, dict, storage -> part(file, starts.get(storage.key()), storage));
    } catch (IOException e) {
      throw damaged(file, "it ends too early", e);
    }
  }

  private static Object pickle(
      Path file, Map<String, TensorPickle.Storage> storages, InputStream in) {
    return new TensorPickle(file.toString(), storages).read(in);
  }

  private static ByteBuffer part(Path file, Long start, TensorPickle.Storage storage) {
    if (start == null) {
      throw damaged(file, "its storage " + storage.key() + " is missing", null);
    }
    // An interruption closes a channel.
    return Uninterrupted.get(() -> mapped(file, start, storage));
  }

  private static ByteBuffer mapped(Path file, long start, TensorPickle.Storage storage) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(
          FileChannel.MapMode.READ_ONLY, start, storage.count() * storage.type().bytes());
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(file, Reason.of(e), e);
    }
  }

  private static BadInputException damaged(Path file, String what, Throwable cause) {
    return new BadInputException(
        "%s is a damaged PyTorch file (%s); copy or download it again".formatted(file, what),
        cause);
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  @Override
  public long[] shape(String name) {
    return tensor(name).shape().clone();
  }

  @Override
  public float[] values(String name) {
    TensorPickle.Tensor tensor = tensor(name);
    TensorPickle.Storage storage = tensor.storage();
    ByteBuffer data = bytes.apply(storage).order(ByteOrder.LITTLE_ENDIAN);
    long held = data.limit() / storage.type().bytes();
    int count = count(tensor, held, name);
    float[] values = new float[count];
    long[] index = new long[tensor.shape().length];
    long at = tensor.offset();
    for (int i = 0; i < values.length; i++) {
      values[i] = storage.type().get(data, (int) at);
      for (int axis = index.length - 1; axis >= 0; axis--) {
        at += tensor.strides()[axis];
        if (++index[axis] < tensor.shape()[axis]) {
          break;
        }
        at -= index[axis] * tensor.strides()[axis];
        index[axis] = 0;
      }
    }
    return values;
  }

  /**
   * The number of a view's elements.
   *
   * @param held numbers in the storage
   * @throws BadInputException if an element lies outside the storage, or a view that repeats
   *     elements (strides of 0) is larger than any file's
   */
  private int count(TensorPickle.Tensor tensor, long held, String name) {
    try {
      long last = tensor.offset();
      long count = 1;
      boolean sensible = tensor.offset() >= 0 && tensor.shape().length == tensor.strides().length;
      for (int axis = 0; sensible && axis < tensor.shape().length; axis++) {
        long length = tensor.shape()[axis];
        long stride = tensor.strides()[axis];
        sensible = length >= 0 && stride >= 0;
        last = Math.addExact(last, Math.multiplyExact(Math.max(0, length - 1), stride));
        count = Math.multiplyExact(count, length);
      }
      if (sensible && count <= Math.max(held, MOST_REPEATED) && (count == 0 || last < held)) {
        return Math.toIntExact(count);
      }
    } catch (ArithmeticException e) {
      // Refused below: no such view fits into a storage.
    }
    throw damaged(file, name + " asks for more numbers than its storage has", null);
  }

  private TensorPickle.Tensor tensor(String name) {
    NumpyArrays.requireName(file, tensors.keySet(), name);
    return tensors.get(name);
  }
}
