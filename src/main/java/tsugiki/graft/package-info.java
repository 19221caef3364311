/**
 * Grafting: adapts a frozen, pre-trained generator to a few images. Its options, its graph, what is
 * trained and what comes out. It may use every room but the other systems and the command line.
 */
package tsugiki.graft;
