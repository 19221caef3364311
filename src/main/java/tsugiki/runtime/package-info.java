/**
 * Where graphs run: sessions with pinned threads, the choice of a device, CUDA's libraries, and
 * variables to and from files ({@link tsugiki.runtime.WeightValues}, {@link
 * tsugiki.runtime.TensorBundle}). It may use {@code graph} and {@code base}.
 */
package tsugiki.runtime;
