/**
 * The vocabulary in which networks are written, and what runs them: devices and the libraries of a
 * GPU. No network, no loss, no file. Uses TensorFlow only.
 */
package tsugiki.graph;
