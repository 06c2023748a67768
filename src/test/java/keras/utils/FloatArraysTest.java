package keras.utils;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.types.TFloat32;

class FloatArraysTest {
  private static Stream<Object> matrices() {
    return Stream.of(
        new float[][] {{1, 2, 3}, {4, 5, 6}},
        new double[][] {{1, 2, 3}, {4, 5, 6}},
        new int[][] {{1, 2, 3}, {4, 5, 6}},
        new long[][] {{1, 2, 3}, {4, 5, 6}},
        new short[][] {{1, 2, 3}, {4, 5, 6}},
        new byte[][] {{1, 2, 3}, {4, 5, 6}},
        StdArrays.ndCopyOf(new float[][] {{1, 2, 3}, {4, 5, 6}}),
        StdArrays.ndCopyOf(new double[][] {{1, 2, 3}, {4, 5, 6}}),
        StdArrays.ndCopyOf(new int[][] {{1, 2, 3}, {4, 5, 6}}),
        StdArrays.ndCopyOf(new long[][] {{1, 2, 3}, {4, 5, 6}}),
        StdArrays.ndCopyOf(new short[][] {{1, 2, 3}, {4, 5, 6}}),
        StdArrays.ndCopyOf(new byte[][] {{1, 2, 3}, {4, 5, 6}}),
        NdArrays.vectorOfObjects(1, 2, 3, 4, 5, 6).withShape(Shape.of(2, 3)));
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void takesEveryNumberType(Object matrix) {
    FloatNdArray array = FloatArrays.of(matrix, "x");

    assertThat(FloatArrays.shape(array)).containsExactly(2, 3);
    assertThat(FloatArrays.values(array)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void takesTruthValuesAsOneAndZero() {
    boolean[][] truths = {{true, false}, {false, true}};

    assertThatArray(FloatArrays.of(truths, "x")).hasShape(2, 2);
    assertThat(FloatArrays.values(FloatArrays.of(truths, "x"))).containsExactly(1, 0, 0, 1);
    assertThat(FloatArrays.values(FloatArrays.of(StdArrays.ndCopyOf(truths), "x")))
        .containsExactly(1, 0, 0, 1);
    assertThat(FloatArrays.of(true, "x").getFloat()).isEqualTo(1);
  }

  @Test
  void takesNumbersAsRankZero() {
    assertThatArray(FloatArrays.of(2.5, "x")).hasShape();
    assertThat(FloatArrays.of(2.5, "x").getFloat()).isEqualTo(2.5f);
    assertThat(FloatArrays.of(NdArrays.scalarOf(7L), "x").getFloat()).isEqualTo(7);
  }

  @Test
  void takesAnyRank() {
    float[][][][] array = new float[2][3][4][5];
    array[1][2][3][4] = 9;
    array[0][1][2][3] = 8;

    FloatNdArray dense = FloatArrays.of(array, "x");

    assertThatArray(dense).hasShape(2, 3, 4, 5);
    assertThat(dense.getFloat(1, 2, 3, 4)).isEqualTo(9);
    assertThat(dense.getFloat(0, 1, 2, 3)).isEqualTo(8);
    assertThatArray(FloatArrays.of(new int[] {1, 2}, "x")).hasShape(2);
  }

  @Test
  void keepsEmptyDimensions() {
    assertThatArray(FloatArrays.of(new float[0], "x")).hasShape(0);
    assertThatArray(FloatArrays.of(new float[3][0], "x")).hasShape(3, 0);
    assertThatArray(FloatArrays.of(new float[0][3], "x")).hasShape(0, 0);
    assertThatArray(FloatArrays.of(new float[2][0][5], "x")).hasShape(2, 0, 0);
    assertThatArray(FloatArrays.of(NdArrays.ofFloats(Shape.of(0, 3)), "x")).hasShape(0, 3);
  }

  @Test
  void readsViewsInTheirOwnOrder() {
    FloatNdArray whole = StdArrays.ndCopyOf(new float[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});

    FloatNdArray columns = whole.slice(Indices.all(), Indices.seq(2, 0));
    FloatNdArray row = whole.get(1);
    NdArray<Float> rest = FloatArrays.of(whole, "x").slice(Indices.sliceFrom(1), Indices.all());

    assertThat(FloatArrays.values(FloatArrays.of(columns, "x"))).containsExactly(3, 1, 6, 4, 9, 7);
    assertThat(FloatArrays.values(row)).containsExactly(4, 5, 6);
    assertThat(FloatArrays.values(FloatArrays.of(rest, "x"))).containsExactly(4, 5, 6, 7, 8, 9);
  }

  @Test
  void fillsSparseArraysUp() {
    FloatNdArray sparse =
        NdArrays.sparseOf(
            StdArrays.ndCopyOf(new long[][] {{0, 1}, {1, 2}}),
            NdArrays.vectorOf(5f, 6f),
            Shape.of(2, 3));

    assertThat(FloatArrays.values(FloatArrays.of(sparse, "x"))).containsExactly(0, 5, 0, 0, 0, 6);
  }

  @Test
  void copiesWhatTheUserKeeps() {
    float[] data = {1, 2};
    FloatNdArray array = FloatArrays.of(data, "x");
    data[0] = 9;

    assertThat(array.getFloat(0)).isEqualTo(1);
  }

  @Test
  void handsOutItsOwnArraysWithoutACopy() {
    float[] values = {1, 2, 3, 4};
    FloatNdArray array = FloatArrays.wrap(values, 2, 2);

    assertThat(FloatArrays.of(array, "x")).isSameAs(array);
    assertThat(FloatArrays.values(array)).isSameAs(values);
    assertThat(FloatArrays.values(array.withShape(Shape.of(4)))).isSameAs(values);
    assertThat(FloatArrays.values(array.get(1))).containsExactly(3, 4);
    array.setFloat(9, 0, 1);
    assertThat(values[1]).isEqualTo(9);
  }

  @Test
  void gathersRowsToAPlaceThatIsGiven() {
    FloatNdArray array = FloatArrays.wrap(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    float[] place = {9, 9, 9, 9};
    assertThatArray(FloatArrays.gather(array, place, 2, 0)).hasShape(2, 2);
    assertThat(place).containsExactly(5, 6, 1, 2);
    assertThatThrownBy(() -> FloatArrays.gather(array, place, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not fill the shape");
  }

  @Test
  void gathersRowsInTheirOrder() {
    FloatNdArray array = FloatArrays.of(new int[][][] {{{0, 1}}, {{2, 3}}, {{4, 5}}}, "x");

    FloatNdArray rows = FloatArrays.gather(array, 2, 0, 2, 1);

    assertThatArray(rows).hasShape(4, 1, 2);
    assertThat(FloatArrays.values(rows)).containsExactly(4, 5, 0, 1, 4, 5, 2, 3);
    assertThatArray(FloatArrays.gather(array)).hasShape(0, 1, 2);
    assertThatThrownBy(() -> FloatArrays.gather(array, 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: 0 to 2")
        .hasMessageContaining("got:      3");
  }

  @Test
  void namesTheRowThatMakesAnArrayRagged() {
    float[][][] array = {{{1, 2}, {3, 4}}, {{5, 6}, {7}}};

    assertThatThrownBy(() -> FloatArrays.of(array, "fit: x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            fit: x: the array is ragged.
              expected: shape (2, 2, 2), as its first rows have
              got:      1 in place of 2 elements at [1][1]
              fix:      make all rows equally long, for instance with Utils.padSequences\
            """);
  }

  @Test
  void noticesRowsThatAreLongerThanAnEmptyFirstOne() {
    assertThatThrownBy(() -> FloatArrays.of(new int[][] {{}, {1}}, "x"))
        .hasMessageContaining("got:      1 in place of 0 elements at [1]");
  }

  @Test
  void namesTheRowThatIsMissing() {
    assertThatThrownBy(() -> FloatArrays.of(new double[][] {{1}, null}, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            x: a row is missing.
              expected: an array at every place
              got:      null at [1]
              fix:      fill every row\
            """);
    assertThatThrownBy(() -> FloatArrays.of(new double[2][3][], "x"))
        .hasMessageContaining("got:      null at [0][0]");
  }

  @Test
  void rejectsNull() {
    assertThatThrownBy(() -> FloatArrays.of(null, "predict: x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            predict: x: there is no array.
              expected: a Java array such as float[][], or an NdArray
              got:      null
              fix:      pass the data\
            """);
  }

  @Test
  void rejectsWhatIsNoArrayOfNumbers() {
    String message =
        """
        x: this is no array of numbers.
          expected: a Java array of float, double, int, long, short, byte or boolean of any rank, or an NdArray
          got:      %s
          fix:      convert it, for instance to float[][]\
        """;

    assertThatThrownBy(() -> FloatArrays.of(new String[][] {{"1"}}, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message.formatted("java.lang.String[][]"));
    assertThatThrownBy(() -> FloatArrays.of(new char[] {'a'}, "x"))
        .hasMessage(message.formatted("char[]"));
    assertThatThrownBy(() -> FloatArrays.of("text", "x"))
        .hasMessage(message.formatted("java.lang.String"));
    assertThatThrownBy(() -> FloatArrays.of(NdArrays.vectorOfObjects("a", "b"), "x"))
        .hasMessage(message.formatted("an NdArray of java.lang.String"));
  }

  @Test
  void rejectsMoreElementsThanFit() {
    byte[][] array = new byte[50_000][];
    Arrays.fill(array, new byte[50_000]);

    assertThatThrownBy(() -> FloatArrays.of(array, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            x: the array has too many elements.
              expected: at most 2147483639
              got:      2500000000 elements, shape (50000, 50000)
              fix:      pass the data in batches, as a Sequence or an Iterable<Batch>\
            """);
  }

  @Test
  void rejectsValuesThatDoNotFillTheShape() {
    assertThatThrownBy(() -> FloatArrays.wrap(new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            FloatArrays.wrap: the values do not fill the shape.
              expected: 6 values for shape (2, 3)
              got:      5 values
              fix:      pass the shape that the values have\
            """);
  }

  @Test
  void keepsDoublesApartForArithmetic() {
    double[] exact = {1.6e9 + 1, 0.1};

    assertThat(FloatArrays.doubles(exact, "x")).containsExactly(exact);
    assertThat(FloatArrays.doubles(StdArrays.ndCopyOf(exact), "x")).containsExactly(exact);
    assertThat(FloatArrays.doubles(new long[] {1L << 40}, "x")).containsExactly(1L << 40);
    assertThat(FloatArrays.doubles(new int[][] {{1 << 30}}, "x")).containsExactly(1 << 30);
    assertThat(FloatArrays.doubles(new boolean[] {true, false}, "x")).containsExactly(1, 0);
    assertThat(FloatArrays.doubles(3, "x")).containsExactly(3);
  }

  @Test
  void refusesATensorThatIsClosed() {
    TFloat32 tensor = TFloat32.vectorOf(1, 2, 3);
    assertThat(FloatArrays.values(FloatArrays.of(tensor, "fit: x"))).containsExactly(1, 2, 3);
    tensor.close();
    assertThatThrownBy(() -> FloatArrays.of(tensor, "fit: x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            fit: x: the tensor is closed.
              expected: an open tensor, or an array on the Java heap
              got:      a tensor after close()
              fix:      close it after this call\
            """);
  }

  @Test
  void takesListsOfNumbersAndArraysOfObjects() {
    FloatNdArray rows = FloatArrays.of(List.of(List.of(1, 2.5f), List.of(3L, true)), "x");
    assertThat(rows.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(FloatArrays.values(rows)).containsExactly(1, 2.5f, 3, 1);
    assertThat(FloatArrays.values(FloatArrays.of(new Float[] {4f, 5f}, "x"))).containsExactly(4, 5);
    FloatNdArray deep = FloatArrays.of(List.of(new Double[][] {{1.0}, {2.0}}), "x");
    assertThat(deep.shape()).isEqualTo(Shape.of(2, 1));
  }

  @Test
  void refusesListsWithSomethingElseInThem() {
    assertThatThrownBy(() -> FloatArrays.of(Arrays.asList(1f, null), "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("x[1]: a list of numbers has something else in it.")
        .hasMessageContaining("null");
    assertThatThrownBy(() -> FloatArrays.of(List.of(List.of(1f), List.of(1f, 2f)), "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FloatArrays.of(List.of(List.of(1f), List.of(List.of(2f))), "x"))
        .hasMessageContaining("as many dimensions as at place 0");
    assertThatThrownBy(() -> FloatArrays.of(List.of(List.of(1f), "two"), "x"))
        .hasMessageContaining("String two");
  }

  @Test
  void givesJavaArraysBack() {
    float[][] matrix = {{1, 2, 3}, {4, 5, 6}};
    FloatNdArray array = FloatArrays.of(matrix, "x");

    assertThat(FloatArrays.array2d(array)).isDeepEqualTo(matrix);
    assertThat(FloatArrays.array1d(array.get(1))).containsExactly(4, 5, 6);
    assertThat(FloatArrays.array3d(FloatArrays.wrap(new float[] {1, 2, 3, 4}, 2, 1, 2)))
        .isDeepEqualTo(new float[][][] {{{1, 2}}, {{3, 4}}});
    assertThatThrownBy(() -> FloatArrays.array3d(array))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got:      shape (2, 3)");
  }

  @Test
  void saysWhichElementsThereAre() {
    FloatNdArray array = FloatArrays.wrap(new float[6], 2, 3);
    for (long[] indices : new long[][] {{2, 0}, {0, 3}, {0}, {0, 0, 0}, {-1, 0}}) {
      assertThatThrownBy(() -> array.getFloat(indices))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("array of shape (2, 3): no such element.")
          .hasMessageContaining(java.util.Arrays.toString(indices));
    }
    assertThatThrownBy(() -> array.setFloat(1, 5, 5)).hasMessageContaining("[5, 5]");
    assertThatThrownBy(() -> array.get(7)).hasMessageContaining("[7]");
  }

  @Test
  void rowsPrintTheirNumbersAndShareThem() {
    FloatNdArray array = FloatArrays.wrap(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2);

    FloatNdArray block = array.get(1);
    FloatNdArray row = block.get(0);

    assertThat(block).hasToString("[[5. 6.]\n [7. 8.]]");
    assertThat(row).hasToString("[5. 6.]");
    assertThat(array.get(1, 0, 1)).hasToString("6.0");
    row.setFloat(50, 0);
    assertThat(array.getFloat(1, 0, 0)).isEqualTo(50);
    assertThat(block.getObject(0, 0)).isEqualTo(50);
    array.setObject(9f, 1, 1, 1);
    assertThat(block.getFloat(1, 1)).isEqualTo(9);
    assertThatThrownBy(() -> row.getFloat(2))
        .hasMessageContaining("array of shape (2,): no such element.");
    assertThatThrownBy(() -> array.getObject(0, 0, 2)).hasMessageContaining("[0, 0, 2]");
    assertThatThrownBy(() -> array.slice(Indices.at(7)))
        .hasMessageContaining("array of shape (2, 2, 2): no such element.");
  }
}
