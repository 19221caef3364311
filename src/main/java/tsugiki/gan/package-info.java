/**
 * The recipe of a class-conditional GAN that {@code train} runs: its options, its graph, its
 * samples. The systems see this package; it sees none of them.
 */
package tsugiki.gan;
