package tsugiki.pretrained;

import com.google.common.base.Throwables;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * No usable answer of a web server, where another attempt may bring one: there is no connection, or
 * the server has an error of its own. The message is the trouble alone, for the middle of a
 * sentence.
 */
final class NoAnswer extends Exception {
  private static final long serialVersionUID = 1L;

  private static final Set<Integer> GONE = Set.of(404, 410);
  private static final int REDIRECT = 300;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  private final BadInputException refusal;

  private NoAnswer(String trouble, BadInputException refusal) {
    super(trouble, refusal);
    this.refusal = refusal;
  }

  /** What to throw where there is no other attempt. */
  BadInputException refusal() {
    return refusal;
  }

  /** That there is no connection. */
  static NoAnswer unreachable(URI address, Exception failure) {
    String reason = reason(failure);
    return new NoAnswer(
        reason,
        new BadInputException(
            "%s cannot be reached (%s); try later, or get the file by hand"
                .formatted(address, reason),
            failure));
  }

  /**
   * That the answer is another one than the file.
   *
   * @throws BadInputException if the status is none of the server's own errors, so that another
   *     attempt would bring the same
   */
  static NoAnswer refused(HttpResponse<?> response) {
    int status = response.statusCode();
    BadInputException refusal = refusal(response, status);
    if (status < SERVER_ERROR) {
      throw refusal;
    }
    return new NoAnswer("the server answers with HTTP " + status, refusal);
  }

  private static BadInputException refusal(HttpResponse<?> response, int status) {
    if (status >= REDIRECT && status < CLIENT_ERROR) {
      return new BadInputException(
          "%s redirects to %s, which is no safe address, or redirects without end; get the file by hand"
              .formatted(
                  response.uri(), response.headers().firstValue("Location").orElse("nothing")));
    }
    String advice =
        GONE.contains(status)
            ? "it has moved; get the file by hand and name it where it is used"
            : "try later, or get the file by hand";
    return new BadInputException(
        "%s answers with HTTP %d; %s".formatted(response.uri(), status, advice));
  }

  /** Why there is no connection, in words. */
  private static String reason(Exception failure) {
    List<Throwable> chain = Throwables.getCausalChain(failure);
    if (chain.stream().anyMatch(UnresolvedAddressException.class::isInstance)) {
      return "the server is not known here: there is no network, or no name service";
    }
    if (failure instanceof ConnectException || failure instanceof HttpTimeoutException) {
      return "the server does not answer";
    }
    return Reason.of(failure);
  }
}
