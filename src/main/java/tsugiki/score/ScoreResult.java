package tsugiki.score;

import java.util.List;
import java.util.Optional;

/**
 * The result of one scoring.
 *
 * @param sheet the scores
 * @param classes the class probabilities of the generated images, where {@link
 *     ScoreOptions#keepProbabilities} keeps them and there are any
 * @param closestPairs the closest pairs of a generated and a training image; none where {@link
 *     Metric#MEMORISED} was not computed
 */
public record ScoreResult(
    ScoreSheet sheet, Optional<ClassProbabilities> classes, List<Memorisation.Pair> closestPairs) {}
