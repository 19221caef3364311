/**
 * The recipe of a class-conditional GAN that {@code train} runs: {@link tsugiki.gan.GanRunOptions}
 * go into {@link tsugiki.gan.GanRun}, a run directory comes out. {@link tsugiki.gan.GanTraining} is
 * the training alone, for systems that bring their own data and run. How labels, known ones and
 * others, and rotated images enter the losses is decided here ({@link
 * tsugiki.gan.SupervisionOptions}); where labels come from is not.
 *
 * <p>The package may use {@code graph}, {@code model}, {@code loss}, {@code data}, {@code augment},
 * {@code train}, {@code score}, {@code exchange} and {@code report}. The systems see this package;
 * it sees none of them.
 */
package tsugiki.gan;
