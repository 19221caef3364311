/**
 * What every room needs and no room owns: bad input ({@link tsugiki.base.BadInputException}),
 * checks of single values, files and folders that appear whole or not at all, the cache folder,
 * NumPy's {@code .npy}, and random numbers keyed by what they are for. It uses no other room and no
 * TensorFlow.
 */
package tsugiki.base;
