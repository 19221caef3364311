package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;
import static tsugiki.study.Intervals.holdsZero;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of graft-groups.md, and what its text says of them. */
class GraftGroupsPageTest {
  private static final ResourceTables PAGE = new ResourceTables("graft-groups.md");
  private static final String METHOD = "method";
  private static final String SCALE_SHIFT = "scale-shift-spectral";
  private static final String KMMD = "held_out_kmmd_768";
  private static final String KID = "held_out_kid_768";
  private static final String L1 = "reconstruction_l1";
  private static final String PAIRWISE = "pairwise";
  private static final String FLOWERS = "passion-flower";
  private static final String FACES = "human-face";
  private static final String OTHER_FACES = "faces-1000";
  private static final List<String> SETS = List.of(FLOWERS, FACES, OTHER_FACES);
  private static final List<String> CUTS = List.of("0.4", "0.7", "1.0");
  private static final List<String> SIZES = List.of("1", "2", "4", "8", "all");

  @Test
  void theFirstTable() throws IOException {
    PAGE.hasMethods(
        PAGE.figures("graft-groups.csv"), SETS.stream().map(set -> set + ", 25 images").toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {FLOWERS, FACES, OTHER_FACES})
  void theScoresOfASet(String set) throws IOException {
    PAGE.hasStudy(METHOD, scores(set, "0.4"), List.of(KMMD, KID, PAIRWISE, "distance", L1));
    for (String cut : List.of("0.7", "1.0")) {
      PAGE.hasStudy(METHOD, scores(set, cut), List.of(KMMD, KID, PAIRWISE));
    }
  }

  @Test
  void theFloor() throws IOException {
    PAGE.hasMeans(
        "images",
        PAGE.figures("graft-groups-photographs.csv"),
        List.of(KMMD, "kmmd_768", "kid_768", PAIRWISE, "distance", "memorised"));
  }

  @Test
  void theRates() throws IOException {
    assertThat(PAGE.bestRates(PAGE.figures("graft-groups-rates.csv")))
        .containsExactly("0.008", "0.008", "0.002", "0.002", "0.008", "5.0E-4");
  }

  @Test
  void flowersFollowTheOrderWithEverySize() throws IOException {
    Map<String, MeanInterval> kmmd = fromScaleShift(KMMD, List.of(FLOWERS), CUTS);
    assertThat(kmmd.values()).allMatch(found -> found.mean() < -0.0245 && found.mean() > -0.1075);
    Intervals.rounds(kmmd.get("passion-flower 0.4 1"), -0.0920, 0.0923, 1e-4);
    assertThat(apart(kmmd)).hasSize(14).doesNotContain("passion-flower 0.4 1");
    assertThat(apart(fromScaleShift(KID, List.of(FLOWERS), CUTS)))
        .containsExactly(
            "passion-flower 0.4 8",
            "passion-flower 0.4 all",
            "passion-flower 0.7 2",
            "passion-flower 0.7 4",
            "passion-flower 0.7 8",
            "passion-flower 0.7 all",
            "passion-flower 1.0 2",
            "passion-flower 1.0 4",
            "passion-flower 1.0 all");
  }

  @Test
  void facesDoNot() throws IOException {
    List<String> faces = List.of(FACES, OTHER_FACES);
    Map<String, MeanInterval> kmmd = fromScaleShift(KMMD, faces, CUTS);
    assertThat(kmmd).hasSize(30);
    assertThat(apart(kmmd)).containsExactly("human-face 0.4 4");
    Intervals.rounds(kmmd.get("human-face 0.4 4"), -0.033, 0.029, 0.001);
    Map<String, MeanInterval> kid = fromScaleShift(KID, faces, CUTS);
    assertThat(apart(kid)).containsExactly("human-face 1.0 8");
    Intervals.rounds(kid.get("human-face 1.0 8"), 0.0007, 0.0005, 1e-4);
  }

  @Test
  void groupsOfEightAreBehindInEightOfTwelveIntervals() throws IOException {
    Map<String, MeanInterval> kmmd = amongSizes(KMMD, CUTS);
    assertThat(kmmd).hasSize(90);
    assertThat(apart(kmmd))
        .containsExactly(
            "passion-flower 1.0 all-8",
            "human-face 0.7 8-2",
            "human-face 0.7 8-4",
            "human-face 0.7 all-4",
            "human-face 0.7 all-8",
            "human-face 1.0 8-1",
            "human-face 1.0 8-2",
            "human-face 1.0 8-4",
            "human-face 1.0 all-4",
            "human-face 1.0 all-8",
            "faces-1000 0.4 8-1",
            "faces-1000 0.4 all-1");
    assertThat(apart(amongSizes(KID, CUTS))).hasSize(19);
    Intervals.rounds(kmmd.get("passion-flower 1.0 all-8"), -0.021, 0.013, 0.001);
    Intervals.rounds(kmmd.get("faces-1000 0.4 8-1"), -0.079, 0.041, 0.001);
    Intervals.rounds(kmmd.get("faces-1000 0.4 all-1"), -0.127, 0.087, 0.001);
    for (String pair : List.of("8-1", "8-2", "8-4", "all-8")) {
      double behind = Math.abs(kmmd.get("human-face 1.0 " + pair).mean());
      assertThat(behind).isBetween(0.0145, 0.0225);
    }
    for (String pair : List.of("8-2", "8-4", "all-8")) {
      double behind = Math.abs(kmmd.get("human-face 0.7 " + pair).mean());
      assertThat(behind).isBetween(0.0155, 0.0275);
    }
    for (String cut : List.of("0.7", "1.0")) {
      assertThat(kmmd.get("human-face " + cut + " all-4").mean()).isBetween(0.0055, 0.0065);
    }
  }

  @Test
  void moreChannelsReconstructBetter() throws IOException {
    Map<String, MeanInterval> l1 = amongSizes(L1, List.of("0.4"));
    assertThat(l1).hasSize(30);
    assertThat(apart(l1)).hasSize(23).allMatch(pair -> l1.get(pair).mean() < 0);
    Map<String, MeanInterval> toScaleShift = fromScaleShift(L1, SETS, List.of("0.4"));
    for (String set : SETS) {
      assertThat(-l1.get(set + " 0.4 all-1").mean()).isBetween(7.85, 9.25);
      for (String other : List.of("1", "2", "4", "8")) {
        MeanInterval ahead = l1.get(set + " 0.4 all-" + other);
        assertThat(ahead.high()).isNegative();
        assertThat(ahead.mean()).isLessThan(-3.35);
      }
      holdsZero(l1.get(set + " 0.4 8-4"));
      holdsZero(toScaleShift.get(set + " 0.4 1"));
    }
  }

  @Test
  void samplesDifferMoreThanThoseOfScaleAndShift() throws IOException {
    Map<String, MeanInterval> pairwise = fromScaleShift(PAIRWISE, SETS, CUTS);
    assertThat(pairwise).hasSize(45);
    assertThat(apart(pairwise)).hasSize(35).allMatch(row -> pairwise.get(row).mean() > 0);
    for (String cut : CUTS) {
      Figures flowers = scores(FLOWERS, cut);
      List<String> widest =
          SIZES.stream()
              .sorted(
                  Comparator.comparing(
                      size ->
                          -MeanInterval.of(flowers.values("point-wise:" + size, PAIRWISE)).mean()))
              .toList();
      assertThat(widest.subList(0, 2)).containsExactlyInAnyOrder("1", "8");
    }
  }

  /** Those whose interval leaves out 0. */
  private static List<String> apart(Map<String, MeanInterval> differences) {
    return differences.entrySet().stream()
        .filter(found -> Intervals.leavesOutZero(found.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, MeanInterval> fromScaleShift(
      String measure, List<String> sets, List<String> cuts) throws IOException {
    Map<String, MeanInterval> found = new LinkedHashMap<>();
    for (String set : sets) {
      for (String cut : cuts) {
        Figures figures = scores(set, cut);
        for (String size : SIZES) {
          double[] each = figures.differences("point-wise:" + size, SCALE_SHIFT, measure);
          found.put("%s %s %s".formatted(set, cut, size), MeanInterval.of(each));
        }
      }
    }
    return found;
  }

  private static Map<String, MeanInterval> amongSizes(String measure, List<String> cuts)
      throws IOException {
    Map<String, MeanInterval> found = new LinkedHashMap<>();
    for (String set : SETS) {
      for (String cut : cuts) {
        Figures figures = scores(set, cut);
        List<String> smaller = new ArrayList<>();
        for (String size : SIZES) {
          for (String other : smaller) {
            double[] each =
                figures.differences("point-wise:" + size, "point-wise:" + other, measure);
            found.put("%s %s %s-%s".formatted(set, cut, size, other), MeanInterval.of(each));
          }
          smaller.add(size);
        }
      }
    }
    return found;
  }

  private static Figures scores(String set, String cut) throws IOException {
    return PAGE.figures("graft-groups-%s-25-%s.csv".formatted(set, cut));
  }
}
