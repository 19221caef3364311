package tsugiki.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Keeps what is dear to open, such as a model, from one part to the next: one object of a kind in a
 * process, which all its threads share. It is closed when another one is wanted and nobody uses it,
 * or by {@link #closeAll}.
 *
 * @param <K> describes the object
 * @param <V> the object
 */
final class KeptOpen<K, V extends AutoCloseable> {
  /** Of this process. */
  private static final List<KeptOpen<?, ?>> ALL = new CopyOnWriteArrayList<>();

  private final Function<K, V> opener;
  private final Map<K, Kept<V>> open = new LinkedHashMap<>();

  private static final class Kept<V> {
    private final V value;
    private int users;

    private Kept(V value) {
      this.value = value;
    }
  }

  /** The right to use an object until the lease is closed. */
  final class Lease implements AutoCloseable {
    private final Kept<V> kept;

    private Lease(Kept<V> kept) {
      this.kept = kept;
    }

    V value() {
      return kept.value;
    }

    @Override
    public void close() {
      synchronized (KeptOpen.this) {
        kept.users--;
      }
    }
  }

  KeptOpen(Function<K, V> opener) {
    this.opener = opener;
    ALL.add(this);
  }

  /** Opens the object, unless it is open; other threads wait meanwhile. */
  synchronized Lease lease(K key) {
    Kept<V> kept = open.get(key);
    if (kept == null) {
      closeUnused();
      kept = new Kept<>(opener.apply(key));
      open.put(key, kept);
    }
    kept.users++;
    return new Lease(kept);
  }

  private synchronized void closeUnused() {
    open.values()
        .removeIf(
            kept -> {
              if (kept.users > 0) {
                return false;
              }
              close(kept.value);
              return true;
            });
  }

  private static void close(AutoCloseable value) {
    try {
      value.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Closes everything that nobody uses, of every kind. */
  static void closeAll() {
    ALL.forEach(KeptOpen::closeUnused);
  }
}
