/**
 * The command line: one class a verb, which parses, calls and prints in under 60 lines of logic.
 * May use every room; no room uses it.
 *
 * <p>A verb is a {@code Runnable} with picocli's annotations, listed in {@link
 * tsugiki.cli.Tsugiki}. It mixes in {@link tsugiki.cli.ResultOptions}, and {@link
 * tsugiki.cli.RunOptions} if it writes a run; it validates all its options before it touches
 * TensorFlow, none of whose classes may be named in a field or a static initialiser, so that {@code
 * --help} stays fast. It prints results on standard output; progress and log go to standard error.
 * What goes wrong is thrown: {@link tsugiki.cli.Failures} turns it into a sentence and an exit
 * code. The pieces of work of {@code bench} and the studies are verbs below a verb. Flags that
 * would crowd a verb have a class of their own, named after what they say. An enum given to a flag
 * is read by {@link tsugiki.cli.Choice}, a model by {@link tsugiki.cli.ModelPath}; verbs that draw
 * images mix in {@link tsugiki.cli.SamplingOptions}.
 */
package tsugiki.cli;
