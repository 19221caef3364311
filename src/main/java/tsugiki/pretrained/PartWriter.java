package tsugiki.pretrained;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tsugiki.pretrained.Download.ProgressListener;

/**
 * A subscriber to the body of an HTTP response that writes each piece to the part as it arrives, so
 * that a connection that breaks loses nothing.
 */
final class PartWriter implements Subscriber<List<ByteBuffer>> {
  private final FileChannel out;
  private final long total;
  private final long most;
  private final ProgressListener listener;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile Subscription subscription;
  private volatile long pieces;
  private volatile IOException writeFailure;
  private volatile boolean tooLong;

  /**
   * A writer that goes on at the channel's position.
   *
   * @param total bytes of the whole file, or −1
   * @param most bytes that it may have; the transfer ends where there are more
   */
  PartWriter(FileChannel out, long total, long most, ProgressListener listener) {
    this.out = out;
    this.total = total;
    this.most = most;
    this.listener = listener;
  }

  @Override
  public void onSubscribe(Subscription subscribed) {
    subscription = subscribed;
    subscribed.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    try {
      for (ByteBuffer buffer : buffers) {
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
      pieces++;
      if (out.position() > most) {
        tooLong = true;
        subscription.cancel();
        end.complete(null);
        return;
      }
      listener.progress(out.position(), total);
      subscription.request(1);
    } catch (IOException e) {
      writeFailure = e;
      subscription.cancel();
      end.complete(null);
    }
  }

  @Override
  public void onError(Throwable broken) {
    end.completeExceptionally(broken);
  }

  @Override
  public void onComplete() {
    end.complete(null);
  }

  /** Whether more came than the file may have. */
  boolean tooLong() {
    return tooLong;
  }

  /**
   * Waits for the end of the body.
   *
   * @param silenceMillis how long nothing may arrive
   * @return what broke the transfer off, or null
   * @throws IOException if the part cannot be written
   */
  Throwable await(long silenceMillis) throws IOException {
    Throwable broken = null;
    boolean waiting = true;
    while (waiting) {
      long before = pieces;
      try {
        end.get(silenceMillis, TimeUnit.MILLISECONDS);
        waiting = false;
      } catch (ExecutionException e) {
        broken = e.getCause();
        waiting = false;
      } catch (TimeoutException e) {
        broken = e;
        waiting = pieces > before;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        broken = e;
        waiting = false;
      }
    }
    if (!end.isDone() && subscription != null) {
      subscription.cancel();
    }
    if (writeFailure != null) {
      throw writeFailure;
    }
    return end.isDone() && !end.isCompletedExceptionally() ? null : broken;
  }
}
