/**
 * What a frozen network sees in many images: from image files to features, in a fixed order, on all
 * cores, with a cache. It may use {@code data}, {@code pretrained} and {@code runtime}.
 */
package tsugiki.features;
