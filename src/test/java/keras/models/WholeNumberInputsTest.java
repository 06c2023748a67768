package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import keras.datasets.Npy;
import keras.layers.Dense;
import keras.layers.Embedding;
import keras.layers.Flatten;
import keras.layers.GRU;
import keras.layers.Hashing;
import keras.layers.Input;
import keras.layers.IntegerLookup;
import keras.layers.KerasTensor;
import keras.optimizers.SGD;
import keras.utils.Batch;
import keras.utils.Dataset;
import keras.utils.FloatArrays;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.proto.DataType;

/** Inputs that keep the type of their data: whole numbers of any size, and truth values. */
class WholeNumberInputsTest {

  private static final int ROWS = (1 << 24) + 6;

  /** Between two floats that follow on each other. */
  private static final int LARGE = (1 << 24) + 3;

  /** Looks up rows, each of which is the last digit of its index. */
  private static Model digits(String dtype) {
    KerasTensor in = new Input(shape(2)).dtype(dtype).tensor();
    Embedding rows = new Embedding(ROWS, 1).name("rows");
    Model model = new Model(in, new Flatten().call(rows.call(in)));
    float[] digits = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      digits[i] = i % 10;
    }
    model.getLayer("rows").setWeights(List.of(FloatArrays.wrap(digits, ROWS, 1)));
    return model;
  }

  @Test
  void looksUpRowsByNumbersThatNoFloatHolds() {
    int[][] x = {{LARGE, 3}, {ROWS - 1, LARGE - 1}};
    float[][] expected = {{LARGE % 10, 3}, {(ROWS - 1) % 10, (LARGE - 1) % 10}};
    try (Model model = digits("int32")) {
      assertThat(FloatArrays.array2d(model.predict(x))).isDeepEqualTo(expected);
      assertThat(FloatArrays.array2d(model.predictOnBatch(x))).isDeepEqualTo(expected);
      long[][] longs = {{LARGE, 3}, {ROWS - 1, LARGE - 1}};
      assertThat(FloatArrays.array2d(model.predict(longs))).isDeepEqualTo(expected);
      List<List<Integer>> lists = List.of(List.of(LARGE, 3), List.of(ROWS - 1, LARGE - 1));
      assertThat(FloatArrays.array2d(model.predict(lists))).isDeepEqualTo(expected);
      assertThat(FloatArrays.array2d(model.predict(StdArrays.ndCopyOf(x)))).isDeepEqualTo(expected);
      assertThat(FloatArrays.array2d(model.predict(Utils.padSequences(lists))))
          .isDeepEqualTo(expected);
      FloatNdArray batches = model.predict(Dataset.fromTensorSlices(x, null).batch(1));
      assertThat(FloatArrays.array2d(batches)).isDeepEqualTo(expected);
    }
  }

  @Test
  void trainsTheRowsOfSuchNumbersAlone() {
    try (Model model = digits("int64")) {
      model.compile(o -> o.optimizer(new SGD(0.5)).loss("mse"));
      // (2, 3) against (4, 3): the loss is (2² + 0²) / 2, its gradient by the first -2.
      long[][] x = {{LARGE - 7, 3}, {LARGE - 7, 3}, {LARGE - 7, 3}};
      float before = (LARGE - 7) % 10;
      float[] y = {before + 2, 3};
      model.fit(x, new float[][] {y, y, y}, o -> o.batchSize(2).epochs(1).verbose(0).shuffle(true));
      FloatNdArray rows = model.getWeights().get(0);
      assertThat(rows.getFloat(LARGE - 7, 0)).isEqualTo(before + 1.5f);
      assertThat(rows.getFloat(LARGE - 8, 0)).isEqualTo((LARGE - 8) % 10);
      assertThat(rows.getFloat(LARGE - 6, 0)).isEqualTo((LARGE - 6) % 10);
    }
  }

  @Test
  void refusesFloatsWhereTheyWouldBeTheWrongRow() {
    try (Sequential model = new Sequential(new Input(shape(2)), new Embedding(ROWS, 1))) {
      assertThatThrownBy(() -> model.predict(new int[][] {{1, 2}}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("floats do not hold", "dtype(\"int32\")");
    }
    KerasTensor in = new Input(shape(1)).dtype("int32").tensor();
    try (Model model = new Model(in, new Embedding(5, 2).call(in))) {
      assertThatThrownBy(() -> model.predict(new float[] {16_777_218f}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("predict: x", "16777218", "int[]");
      assertThatThrownBy(() -> model.predict(new float[] {Float.NaN}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("predict: x", "NaN");
      assertThatThrownBy(() -> model.predict(new long[] {1L << 31}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("2147483648", "int64");
      assertThatThrownBy(() -> model.predict(new int[] {LARGE}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[0, 5)");
    }
  }

  @Test
  void takesNumbersBeyondAllRowsForNone() {
    KerasTensor in = new Input(shape(1)).dtype("int64").tensor();
    try (Model model = new Model(in, new Embedding(5, 2).call(in))) {
      for (long beyond : new long[] {1L << 32, -(1L << 32), Long.MAX_VALUE, Long.MIN_VALUE}) {
        assertThatThrownBy(() -> model.predict(new long[] {beyond}))
            .as("%s, whose last 32 bits are another index", beyond)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("[0, 5)");
      }
    }
  }

  @Test
  void cutsFractionsOffAsKerasCastsThem() {
    KerasTensor in = new Input(shape(1)).dtype("int32").tensor();
    try (Model model = new Model(in, new Flatten().call(in))) {
      assertThat(FloatArrays.values(model.predict(new float[] {1.75f, -1.75f})))
          .containsExactly(1, -1);
    }
    KerasTensor truth = new Input(shape(1)).dtype("bool").tensor();
    try (Model model = new Model(truth, new Flatten().call(truth))) {
      assertThat(FloatArrays.values(model.predict(new boolean[] {true, false})))
          .containsExactly(1, 0);
      assertThat(FloatArrays.values(model.predict(new int[] {7, 0}))).containsExactly(1, 0);
      assertThat(FloatArrays.values(model.predict(new float[] {0.5f, -0.25f, 0, Float.NaN})))
          .as("Keras: whatever is not 0")
          .containsExactly(1, 1, 0, 1);
    }
    KerasTensor pixel = new Input(shape(1)).dtype("uint8").tensor();
    try (Model model = new Model(pixel, new Flatten().call(pixel))) {
      assertThat(FloatArrays.values(model.predict(new byte[] {0, 127, -1})))
          .as("a byte of Java's above 127 is negative")
          .containsExactly(0, 127, 255);
      assertThat(FloatArrays.values(model.predict(new int[] {255, 128}))).containsExactly(255, 128);
      assertThatThrownBy(() -> model.predict(new int[] {300}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("uint8: 0 to 255", "300");
    }
  }

  @Test
  void handsWholeNumbersThroughModelsInModelsAndRefusesToGiveThemBackRounded() {
    KerasTensor outside = new Input(shape(2)).dtype("int32").tensor();
    try (Model inner = digits("int32");
        Model outer = new Model(outside, new Flatten().call(inner.call(outside)))) {
      assertThat(FloatArrays.values(outer.predict(new int[][] {{LARGE, 1}})))
          .containsExactly(LARGE % 10, 1);
    }
    KerasTensor given = new Input(shape(1)).dtype("int32").tensor();
    try (Model model =
        new Model(List.of(given), List.of(given, new Embedding(ROWS, 1).call(given)))) {
      assertThatThrownBy(() -> model.predictAll(new int[] {LARGE}, p -> p.verbose(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("would round");
    }
  }

  @Test
  void areReadByLayersFromArraysOfTheLibrary() {
    long[] ids = {LARGE, LARGE + 1, (1L << 60) + 1};
    FloatNdArray array = FloatArrays.of(ids, "ids");
    Hashing hashing = new Hashing(1000);
    assertThat(FloatArrays.values(hashing.apply(array)))
        .containsExactly(FloatArrays.values(hashing.apply(ids)));
    KerasTensor in = new Input(shape(1)).dtype("int64").tensor();
    IntegerLookup lookup = new IntegerLookup().vocabulary(LARGE, LARGE + 1);
    try (Model model = new Model(in, lookup.call(in))) {
      assertThat(FloatArrays.values(model.predict(ids))).containsExactly(1, 2, 0);
      assertThat(FloatArrays.values(model.predict(array))).containsExactly(1, 2, 0);
      assertThat(FloatArrays.values(model.predict(List.of(array)))).containsExactly(1, 2, 0);
    }
  }

  @Test
  void cutsABatchOfWholeNumbersForAllCores() {
    KerasTensor in = new Input(shape(40)).dtype("int64").tensor();
    Embedding table = new Embedding(ROWS, 2);
    try (Model model = new Model(in, new GRU(128).call(table.call(in)))) {
      long[][] x = new long[64][40];
      for (int i = 0; i < x.length * 40; i++) {
        x[i / 40][i % 40] = ROWS - 1L - i;
      }
      FloatNdArray all = model.predictOnBatch(x);
      for (int i = 0; i < x.length; i += 21) {
        float[] alone = FloatArrays.values(model.predictOnBatch(new long[][] {x[i]}));
        assertThat(FloatArrays.values(FloatArrays.rows(all, i, i + 1)))
            .usingComparatorWithPrecision(1e-6f)
            .containsExactly(alone);
      }
    }
  }

  @Test
  void servesInputsOfTheirOwnTypes(@TempDir Path folder) throws Exception {
    KerasTensor words = new Input(shape(3)).dtype("int64").name("words").tensor();
    KerasTensor kinds = new Input(shape(3)).dtype("int32").name("kinds").tensor();
    KerasTensor flags = new Input(shape(3)).dtype("bool").name("flags").tensor();
    KerasTensor pixels = new Input(shape(3)).dtype("uint8").name("pixels").tensor();
    KerasTensor seen =
        keras.ops.Ops.add(
            pixels,
            keras.ops.Ops.add(
                new Flatten().call(new Embedding(9, 1).call(words)),
                keras.ops.Ops.add(new Flatten().call(new Embedding(4, 1).call(kinds)), flags)));
    List<KerasTensor> in = List.of(words, kinds, flags, pixels);
    try (Model model = new Model(in, List.of(new Dense(2).call(seen)))) {
      Map<String, Object> x =
          Map.of(
              "words", new int[][] {{8, 1, 0}},
              "kinds", new int[][] {{3, 2, 2}},
              "flags", new boolean[][] {{true, false, true}},
              "pixels", new byte[][] {{1, -1, 3}});
      float[] expected = FloatArrays.values(model.predict(x));
      model.export(folder.resolve("served"));
      try (SavedModelBundle bundle = SavedModelBundle.load(folder.resolve("served").toString())) {
        var inputs = bundle.function("serving_default").signature();
        assertThat(inputs.inputNames())
            .containsExactlyInAnyOrder("words", "kinds", "flags", "pixels");
        assertThat(inputs.getInputs().get("pixels").dataType).isEqualTo(DataType.DT_UINT8);
        assertThat(inputs.getInputs().get("words").dataType).isEqualTo(DataType.DT_INT64);
        assertThat(inputs.getInputs().get("kinds").dataType).isEqualTo(DataType.DT_INT32);
        assertThat(inputs.getInputs().get("flags").dataType).isEqualTo(DataType.DT_BOOL);
      }
      Path file = folder.resolve("model.onnx");
      model.export(file, o -> o.format("onnx"));
      OrtEnvironment runtime = OrtEnvironment.getEnvironment();
      try (OrtSession session = runtime.createSession(file.toString());
          OnnxTensor word = OnnxTensor.createTensor(runtime, new long[][] {{8, 1, 0}});
          OnnxTensor kind = OnnxTensor.createTensor(runtime, new int[][] {{3, 2, 2}});
          OnnxTensor flag =
              OnnxTensor.createTensor(runtime, new boolean[][] {{true, false, true}});
          OnnxTensor pixel =
              OnnxTensor.createTensor(
                  runtime,
                  ByteBuffer.wrap(new byte[] {1, -1, 3}),
                  new long[] {1, 3},
                  OnnxJavaType.UINT8);
          OrtSession.Result result =
              session.run(Map.of("words", word, "kinds", kind, "flags", flag, "pixels", pixel))) {
        assertThat(((float[][]) result.get(0).getValue())[0])
            .usingComparatorWithPrecision(1e-6f)
            .containsExactly(expected);
        NodeInfo info = session.getInputInfo().get("words");
        assertThat(((TensorInfo) info.getInfo()).type).isEqualTo(OnnxJavaType.INT64);
      }
    }
  }

  @Test
  void keepsTheDigitsOfWholeNumbersOnTheWay(@TempDir Path folder) {
    long[] numbers = {5, LARGE, -LARGE, 1L << 40};
    FloatNdArray array = FloatArrays.of(numbers, "x");
    assertThat(FloatArrays.longs(array, "x")).containsExactly(numbers);
    assertThat(FloatArrays.longs(FloatArrays.gather(array, 3, 1), "x"))
        .containsExactly(1L << 40, LARGE);
    assertThat(FloatArrays.longs(FloatArrays.rows(array, 1, 3), "x"))
        .containsExactly(LARGE, -LARGE);
    FloatNdArray few = FloatArrays.of(new float[] {2, 3.5f}, "x");
    assertThat(FloatArrays.longs(FloatArrays.concatenate(List.of(few, array)), "x"))
        .containsExactly(2, 3, 5, LARGE, -LARGE, 1L << 40);
    assertThat(FloatArrays.longs(array.withShape(Shape.of(2, 2)), "x")).containsExactly(numbers);
    assertThat(FloatArrays.longs(NdArrays.vectorOf(numbers), "x")).containsExactly(numbers);
    assertThat(FloatArrays.longs(new double[] {0x1p40, 3}, "x")).containsExactly(1L << 40, 3);
    array.setFloat(7, 1);
    assertThat(FloatArrays.longs(array, "x")).containsExactly(5, 7, -LARGE, 1L << 40);
    assertThat(FloatArrays.longs(Batch.of(numbers).x(), "x")).containsExactly(numbers);
    assertThatThrownBy(() -> FloatArrays.longs(new double[] {0x1p40, 3.5}, "times"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("times", "1099511627776");
    long huge = (1L << 60) + 1;
    assertThat(FloatArrays.longs(List.of(List.of(huge, 2L)), "x")).containsExactly(huge, 2);
    assertThat(FloatArrays.longs(new Long[] {huge}, "x")).containsExactly(huge);
    assertThat(FloatArrays.longs(huge, "x")).containsExactly(huge);
    assertThat(FloatArrays.longs(Utils.padSequences(List.of(List.of(huge), List.of())), "x"))
        .containsExactly(huge, 0);
    assertThat(FloatArrays.isRounded(FloatArrays.floats(array))).isFalse();
    FloatNdArray doubtful =
        FloatArrays.concatenate(List.of(array, FloatArrays.wrap(new float[] {1e9f}, 1)));
    assertThatThrownBy(() -> FloatArrays.longs(doubtful, "x"))
        .as("a float among them that nobody knows exactly")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000000000");
    assertThat(Npy.load(Path.of("testdata/npy/large_int64.npy")))
        .satisfies(
            loaded ->
                assertThat(FloatArrays.longs(loaded, "x"))
                    .containsExactly(LARGE, 1, 1L << 40, -LARGE, 2, 3));
  }
}
