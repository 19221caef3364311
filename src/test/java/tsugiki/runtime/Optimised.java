package tsugiki.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import tsugiki.base.SystemProperty;

/**
 * Tests that open their sessions with TensorFlow's optimiser, as a user's are; those of other tests
 * have none. On a class it is for what {@code BeforeAll} opens too.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Optimised.Switch.class)
public @interface Optimised {
  /** Turns it on; JUnit closes what it stores, which turns it off again. */
  final class Switch implements BeforeAllCallback, BeforeEachCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      turnOn(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
      turnOn(context);
    }

    private static void turnOn(ExtensionContext context) {
      context
          .getStore(ExtensionContext.Namespace.create(Switch.class))
          .put(context.getUniqueId(), new SystemProperty(Sessions.REWRITE, "1"));
    }
  }
}
