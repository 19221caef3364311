/**
 * Generators learned from one image: ConSinGAN (Hinz et al. 2021) and, as its baseline, SinGAN
 * (Shaham et al. 2019). A pyramid of images is learned stage by stage. It may use {@code gan} and
 * {@code study} and what they use, and no other system.
 */
package tsugiki.single;
