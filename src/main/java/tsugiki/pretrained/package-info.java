/**
 * Networks that others have trained, and the starter's: which weights fit which network, where they
 * are downloaded from and how they are checked. {@link tsugiki.pretrained.FrozenNetworks} opens
 * them by name. It may use {@code model}, {@code weights} and {@code savedmodel}.
 */
package tsugiki.pretrained;
