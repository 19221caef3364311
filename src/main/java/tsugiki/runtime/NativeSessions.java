package tsugiki.runtime;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetTarget;

import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.proto.ConfigProto;

/** Sessions of TensorFlow's C API, for what the Java API above it does not have. */
final class NativeSessions {
  private NativeSessions() {}

  /**
   * Opens one. What is made lies in the caller's {@link org.bytedeco.javacpp.PointerScope}.
   *
   * @param target the process to connect to, {@code grpc://HOST:PORT}; empty for this one
   */
  static TF_Session open(TF_Graph graph, ConfigProto config, String target) {
    TF_Status status = TF_Status.newStatus();
    TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
    byte[] bytes = config.toByteArray();
    TF_SetConfig(options, new BytePointer(bytes), bytes.length, status);
    status.throwExceptionIfNotOK();
    if (!target.isEmpty()) {
      TF_SetTarget(options, target);
    }
    TF_Session session = TF_Session.newSession(graph, options, status);
    status.throwExceptionIfNotOK();
    return session;
  }
}
