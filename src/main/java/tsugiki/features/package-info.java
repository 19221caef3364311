/**
 * The features of many images by a frozen network: from image files to numbers, in a fixed order,
 * on all cores, with a cache. It may use {@code data}, {@code pretrained} and {@code runtime}.
 */
package tsugiki.features;
