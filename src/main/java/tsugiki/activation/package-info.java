/**
 * The system "activation": the study of what activations do in a DCGAN, the parametric softsign
 * against LeakyReLU above all. The package may use {@code gan} and {@code study}, and what these
 * use.
 */
package tsugiki.activation;
