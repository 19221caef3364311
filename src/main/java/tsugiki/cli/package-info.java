/**
 * The command line: one class per verb, which parses, calls and prints in under 60 lines of logic.
 * It may use every room; no room uses it.
 *
 * <p>A verb is a {@code Runnable} with picocli's annotations, listed in {@link
 * tsugiki.cli.Tsugiki}; works of {@code bench} and studies are verbs below a verb. A verb mixes in
 * {@link tsugiki.cli.ResultOptions}, and {@link tsugiki.cli.RunOptions} if it writes a run. It
 * checks all its options before it touches TensorFlow, and names no class of TensorFlow or of the
 * log in a field or a static initialiser, so that {@code --help} stays fast. Results go to standard
 * output; progress and log go to standard error.
 *
 * <p>The flags of options come from the options' records: {@link tsugiki.cli.RecordFlags} reads
 * them, {@link tsugiki.cli.FlagSection} shows them in the help under the heading of its mixin
 * ({@code @Mixin(name = "How it learns:")}, see {@link tsugiki.cli.HelpSections}), and {@link
 * tsugiki.cli.FlagWords} has their words. What no record holds is a field with picocli's
 * annotation. Not in an {@code @ArgGroup}: there, a flag given twice resets all the others. {@link
 * tsugiki.cli.Choice} reads enums, {@link tsugiki.cli.ModelPath} finds models; verbs that draw
 * images mix in {@link tsugiki.cli.SamplingOptions}.
 *
 * <p>Failures are thrown: {@link tsugiki.cli.Failures} turns them into a sentence and an exit code,
 * and {@link tsugiki.cli.Logs} keeps their stack trace in the run's {@code log.txt}.
 */
package tsugiki.cli;
