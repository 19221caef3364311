package tsugiki.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * An engine of threads that begin the parts in a random order. As between machines, work, parts and
 * results arrive as copies.
 */
final class DirectEngine implements BulkEngine {
  private final int threads;

  DirectEngine(int threads) {
    this.threads = threads;
  }

  @Override
  public <P extends Serializable, T extends Serializable> void run(
      List<P> parts, PartWork<P, T> work, Consumer<T> results) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Integer> order = new ArrayList<>(IntStream.range(0, parts.size()).boxed().toList());
      Collections.shuffle(order, new Random(3));
      List<Future<PartOutcome<T>>> outcomes =
          new ArrayList<>(Collections.nCopies(parts.size(), null));
      for (int part : order) {
        PartWork<P, T> own = copy(work);
        P arrived = copy(parts.get(part));
        String build = ProgramDigest.here();
        outcomes.set(part, pool.submit(() -> copy(PartOutcome.of(own, arrived, build))));
      }
      for (Future<PartOutcome<T>> outcome : outcomes) {
        results.accept(outcome.get().require(true));
      }
    } catch (ClassNotFoundException | InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  @SuppressWarnings("unchecked")
  private static <S> S copy(S object) throws ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (S) in.readObject();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    KeptOpen.closeAll();
  }
}
