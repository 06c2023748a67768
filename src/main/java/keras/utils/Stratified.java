package keras.utils;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import keras.internal.messages.Errors;
import keras.random.NumpyRandom;

/**
 * Draws rows of which each class has its share, as scikit-learn's {@code StratifiedShuffleSplit}.
 */
final class Stratified {

  private final NumpyRandom random;
  private final List<int[]> classes = new ArrayList<>();
  private final List<Integer> train = new ArrayList<>();
  private final List<Integer> test = new ArrayList<>();

  Stratified(double[] labels, int testRows, NumpyRandom random) {
    this.random = random;
    TreeMap<Double, List<Integer>> rows = new TreeMap<>();
    for (int row = 0; row < labels.length; row++) {
      rows.computeIfAbsent(labels[row], label -> new ArrayList<>()).add(row);
    }
    rows.forEach((label, its) -> classes.add(its.stream().mapToInt(row -> row).toArray()));
    check(rows, testRows, labels.length);
    draw(labels.length - testRows, testRows);
  }

  private static void check(Map<Double, List<Integer>> rows, int testRows, int all) {
    rows.forEach(
        (label, its) -> {
          if (its.size() < 2) {
            throw Errors.in(TrainTestSplitOptions.WHERE, "a class has one row alone.")
                .expected("two rows or more of each class, for both parts")
                .got("one of class " + label)
                .fix("leave it out, or split without stratify")
                .argument();
          }
        });
    if (testRows < rows.size() || all - testRows < rows.size()) {
      throw Errors.in(TrainTestSplitOptions.WHERE, "a part has fewer rows than there are classes.")
          .expected(rows.size() + " rows or more in each part")
          .got(testRows + " rows to test with, of " + all)
          .fix("give another testSize")
          .argument();
    }
  }

  private void draw(int trainRows, int testRows) {
    int[] counts = classes.stream().mapToInt(rows -> rows.length).toArray();
    int[] ofTrain = shares(counts, trainRows);
    int[] left = new int[counts.length];
    Arrays.setAll(left, i -> counts[i] - ofTrain[i]);
    int[] ofTest = shares(left, testRows);
    for (int i = 0; i < counts.length; i++) {
      int[] order = permutation(counts[i]);
      for (int k = 0; k < ofTrain[i] + ofTest[i]; k++) {
        (k < ofTrain[i] ? train : test).add(classes.get(i)[order[k]]);
      }
    }
  }

  /** Deals rows out in proportion to the classes; what is left over goes to the largest rests. */
  private int[] shares(int[] counts, int rows) {
    double all = Arrays.stream(counts).sum();
    int[] shares = new int[counts.length];
    double[] rests = new double[counts.length];
    int missing = rows;
    for (int i = 0; i < counts.length; i++) {
      double exact = counts[i] / all * rows;
      shares[i] = (int) Math.floor(exact);
      rests[i] = exact - shares[i];
      missing -= shares[i];
    }
    double[] largest = Arrays.stream(rests).distinct().sorted().toArray();
    for (int k = largest.length - 1; k >= 0 && missing > 0; k--) {
      List<Integer> same = new ArrayList<>();
      for (int i = 0; i < rests.length; i++) {
        if (rests[i] == largest[k]) {
          same.add(i);
        }
      }
      int[] order = permutation(same.size());
      for (int i = 0; i < same.size() && missing > 0; i++) {
        shares[same.get(order[i])]++;
        missing--;
      }
    }
    return shares;
  }

  private int[] permutation(int size) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    random.shuffle(order);
    return order;
  }

  private int[] shuffled(List<Integer> rows) {
    int[] order = rows.stream().mapToInt(row -> row).toArray();
    random.shuffle(order);
    return order;
  }

  /** Returns the rows to train on, then those to test with. */
  List<int[]> parts() {
    int[] first = shuffled(train);
    return List.of(first, shuffled(test));
  }
}
