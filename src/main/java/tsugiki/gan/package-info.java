/**
 * The training of a GAN, with any generator and discriminator: {@link tsugiki.gan.GanRunOptions} go
 * into {@link tsugiki.gan.GanRun}, a run directory comes out. {@link tsugiki.gan.GanTraining} is
 * the training alone, for systems that bring their own data and run. How known and unknown labels
 * and rotated images enter the losses is decided here ({@link tsugiki.gan.SupervisionOptions});
 * where labels come from is not.
 *
 * <p>A new kind of GAN is a class that implements {@link tsugiki.gan.GanNetworks}, or a record of
 * its options that makes one ({@link tsugiki.gan.GanNetworkOptions}), and one line in {@link
 * tsugiki.gan.GanRecipes}. It then trains with every loss, resumes, is exported and sampled.
 *
 * <p>The systems use this package; it uses none of them.
 */
package tsugiki.gan;
