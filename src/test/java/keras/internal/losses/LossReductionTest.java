package keras.internal.losses;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import keras.losses.Loss;
import keras.losses.SparseCategoricalCrossentropy;
import keras.testing.Golden;
import keras.testing.InGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

class LossReductionTest {

  private static List<Golden> cases() {
    return Golden.load("losses/reductions").all("cases");
  }

  /** Gives what a test asks for, from values, weights and a mask that may be null. */
  private interface Reduced {
    Operand<TFloat32> of(
        Ops tf, Operand<TFloat32> values, Operand<TFloat32> weight, Operand<TBool> mask);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void weighsMasksAndReducesAsKerasDoes(Golden data) {
    for (String reduction : data.at("losses").keys()) {
      LossReduction reduced = new LossReduction(reduction);
      assertThatArray(run(data, reduced::reduce))
          .as(reduction)
          .isCloseTo(data.at("losses").array(reduction));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void addsUpToTheSameInParts(Golden data) {
    for (String reduction : data.at("losses").keys()) {
      if (reduction.equals("none")) {
        continue;
      }
      LossReduction reduced = new LossReduction(reduction);
      FloatNdArray inParts =
          run(
              data,
              (tf, values, weight, mask) -> {
                Operand<TFloat32> weights = reduced.weights(tf, weight, mask);
                List<Operand<TFloat32>> shares = new ArrayList<>();
                for (int[] part : new int[][] {{0, 2}, {2, 3}, {3, 5}}) {
                  shares.add(
                      reduced.share(
                          tf,
                          rows(tf, values, part),
                          weights == null ? null : rows(tf, weights, part),
                          weights,
                          tf.constant(5)));
                }
                return tf.math.addN(shares);
              });
      assertThatArray(inParts)
          .as(reduction)
          .atScale(1)
          .isCloseTo(data.at("losses").array(reduction));
    }
  }

  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> x, int[] part) {
    return tf.stridedSlice(x, Indices.range(part[0], part[1]));
  }

  private static FloatNdArray run(Golden data, Reduced reduced) {
    List<FloatNdArray> arrays = new ArrayList<>(List.of(data.array("values")));
    boolean weighted = data.has("weight");
    boolean masked = data.has("mask");
    if (weighted) {
      arrays.add(data.array("weight"));
    }
    if (masked) {
      arrays.add(data.array("mask"));
    }
    return InGraph.run(
            arrays,
            (tf, in) -> {
              Operand<TBool> mask =
                  masked ? tf.math.notEqual(in.get(in.size() - 1), tf.constant(0f)) : null;
              return List.of(reduced.of(tf, in.get(0), weighted ? in.get(1) : null, mask));
            })
        .get(0);
  }

  @Test
  void joinsIgnoredClassesWithTheMask() {
    Golden data = Golden.load("losses/ignore_class");
    Loss loss = new SparseCategoricalCrossentropy().ignoreClass(0);
    LossReduction reduction = new LossReduction(loss.reduction());
    List<FloatNdArray> got =
        InGraph.run(
            List.of(
                data.array("y_true"),
                data.array("y_pred"),
                data.array("mask"),
                data.array("weight")),
            (tf, in) -> {
              Operand<TFloat32> values = loss.call(tf, in.get(0), in.get(1));
              Operand<TBool> own = loss.mask(tf, in.get(0), in.get(1).shape());
              Operand<TBool> both =
                  tf.math.logicalAnd(own, tf.math.notEqual(in.get(2), tf.constant(0f)));
              return List.of(
                  reduction.reduce(tf, values, null, own),
                  reduction.reduce(tf, values, null, both),
                  reduction.reduce(tf, values, in.get(3), both));
            });
    assertThatArray(got.get(0)).isCloseTo(data.array("plain"));
    assertThatArray(got.get(1)).isCloseTo(data.array("masked"));
    assertThatArray(got.get(2)).isCloseTo(data.array("masked and weighted"));
  }

  @Test
  void leavesALossOfOneNumberAsItIs() {
    LossReduction mean = new LossReduction("sum_over_batch_size");
    assertThatArray(
            InGraph.run(
                    List.of(NdArrays.scalarOf(3f)),
                    (tf, in) -> List.of(mean.reduce(tf, in.get(0), null, null)))
                .get(0))
        .isCloseTo(NdArrays.scalarOf(3f));
  }

  @Test
  void refusesOneWeightPerSampleForAValuePerTimestep() {
    LossReduction mean = new LossReduction("mean");
    assertThatThrownBy(
            () ->
                InGraph.run(
                    List.of(NdArrays.ofFloats(Shape.of(4, 3)), NdArrays.ofFloats(Shape.of(4))),
                    (tf, in) -> List.of(mean.reduce(tf, in.get(0), in.get(1), null))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("Sample weights", "(?, 3)", "got:      (?,)", "(batch, 1)");
  }
}
