/**
 * Networks as functions from operands to operands. A network takes its weights and how to build
 * them (constraint on the kernels, kind of statistics) from the caller, and a generator a hook at
 * its normalisation sites, so that layers are added and weights are frozen without touching the
 * network. A discriminator returns its hidden features; heads are attached outside it. The package
 * uses {@code graph} only.
 */
package tsugiki.model;
