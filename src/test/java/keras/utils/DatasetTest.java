package keras.utils;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keras.layers.Dense;
import keras.layers.Input;
import keras.models.Sequential;
import keras.random.GlobalSeed;
import keras.testing.Golden;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

class DatasetTest {
  private static final Golden EXPECTED = Golden.load("pipelines/expected");

  /** The order of a shuffle depends on it, too. */
  @BeforeEach
  void forgetSeed() {
    GlobalSeed.unset();
  }

  static List<String> pipelines() {
    return EXPECTED.at("tf_data").keys();
  }

  static List<String> splits() {
    return EXPECTED.at("splits").keys();
  }

  private static Dataset numbers(int count) {
    return Dataset.fromTensorSlices(IntStream.range(0, count).toArray(), null);
  }

  private static Dataset pipeline(String name) {
    Dataset samples = numbers(11);
    return switch (name) {
      case "batches" -> samples.batch(4);
      case "drop_remainder" -> samples.batch(4, true);
      case "shuffle" -> samples.shuffle(11, 42).batch(4);
      case "small_buffer" -> samples.shuffle(3, 7).batch(3);
      case "large_buffer" -> samples.shuffle(1000, 7).batch(3);
      case "shuffled_batches" -> samples.batch(2).shuffle(4, 1);
      case "take_skip" -> samples.skip(2).take(7).batch(3);
      case "take_shuffled" -> samples.shuffle(5, 3).take(4).batch(3);
      case "map_prefetch" -> samples.map(DatasetTest::doubled).batch(5).prefetch(2);
      default -> throw new AssertionError(name);
    };
  }

  private static Batch doubled(Batch batch) {
    float[] values = FloatArrays.values(batch.x()).clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] * 2 + 1;
    }
    return Batch.of(values);
  }

  private static List<List<Float>> values(Iterable<Batch> batches) {
    List<List<Float>> all = new ArrayList<>();
    for (Batch batch : batches) {
      List<Float> values = new ArrayList<>();
      for (float value : FloatArrays.values(batch.x())) {
        values.add(value);
      }
      all.add(values);
    }
    return all;
  }

  private static List<List<Float>> lists(JsonNode batches) {
    List<List<Float>> all = new ArrayList<>();
    for (JsonNode batch : batches) {
      List<Float> values = new ArrayList<>();
      batch.forEach(value -> values.add((float) value.asDouble()));
      all.add(values);
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void givesTheBatchesOfTensorFlow(String name) {
    Dataset dataset = pipeline(name);
    for (JsonNode epoch : EXPECTED.at("tf_data").json().get(name)) {
      assertThat(values(dataset)).isEqualTo(lists(epoch));
      assertThat(dataset.cardinality()).hasValue(epoch.size());
    }
  }

  @ParameterizedTest
  @MethodSource("splits")
  void splitsAsKeras(String name) {
    JsonNode expected = EXPECTED.at("splits").json().get(name);
    JsonNode given = expected.get("options");
    boolean batched = name.equals("batched");
    Dataset dataset = batched ? numbers(13).batch(3) : numbers(13);

    DatasetSplit split = Utils.splitDataset(dataset, options -> set(options, given));

    for (String side : List.of("left", "right")) {
      Dataset part = side.equals("left") ? split.left() : split.right();
      JsonNode values = expected.get(side);
      assertThat(batched ? values(part) : values(part.batch(100)))
          .isEqualTo(batched ? lists(values) : List.of(list(values)));
      assertThat(part.cardinality()).hasValue(values.size());
    }
  }

  private static List<Float> list(JsonNode values) {
    List<Float> all = new ArrayList<>();
    values.forEach(value -> all.add((float) value.asDouble()));
    return all;
  }

  private static void set(SplitDatasetOptions options, JsonNode given) {
    JsonNode left = given.get("left_size");
    if (left != null && left.isInt()) {
      options.leftSize(left.asInt());
    } else if (left != null) {
      options.leftSize(left.asDouble());
    }
    JsonNode right = given.get("right_size");
    if (right != null && right.isInt()) {
      options.rightSize(right.asInt());
    } else if (right != null) {
      options.rightSize(right.asDouble());
    }
    if (given.has("shuffle")) {
      options.shuffle(true).seed(given.get("seed").asLong());
    }
  }

  @Test
  void fitAndEvaluateTakeTheOrdersThatKerasTakes() {
    List<List<Float>> seen = new ArrayList<>();
    Dataset shuffled = Dataset.fromTensorSlices(IntStream.range(0, 8).toArray(), new float[8]);
    JsonNode expected = EXPECTED.json().get("fits");
    try (Sequential model = new Sequential(new Input(shape(1)), new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      model.fit(seeing(shuffled.shuffle(8, 3).batch(4), seen), f -> f.epochs(4).verbose(0));
      assertThat(seen).isEqualTo(lists(expected.get("fit")));

      seen.clear();
      Dataset evaluated = seeing(shuffled.shuffle(8, 3).batch(4), seen);
      for (int i = 0; i < 3; i++) {
        model.evaluate(evaluated, e -> e.verbose(0));
      }
      assertThat(seen).isEqualTo(lists(expected.get("evaluate")));
    }
  }

  /** Notes the batches. */
  private static Dataset seeing(Dataset dataset, List<List<Float>> seen) {
    return dataset.map(
        batch -> {
          seen.addAll(values(List.of(batch)));
          return Batch.of(
              FloatArrays.wrap(FloatArrays.values(batch.x()), batch.size(), 1), batch.y());
        });
  }

  @Test
  void refusesSplitsThatLeaveNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utils.splitDataset(new float[4], null, o -> {}))
        .withMessageContaining("neither size is given");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utils.splitDataset(new float[4], null, o -> o.leftSize(4)))
        .withMessageContaining("4 on the left and 0 on the right");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utils.splitDataset(new float[4], null, o -> o.leftSize(3).rightSize(2)))
        .withMessageContaining("4 on both together at most");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utils.splitDataset(new float[4], null, o -> o.leftSize(1.5)))
        .withMessageContaining("leftSize is no share");
  }

  @Test
  void keepsTargetsAndNamesWithTheirSamples() {
    Dataset dataset =
        Dataset.fromTensorSlices(
                Map.of("a", new float[][] {{1, 2}, {3, 4}, {5, 6}}), new float[] {10, 30, 50})
            .shuffle(3, 1)
            .batch(2);
    for (Batch batch : dataset) {
      assertThat(batch.names().inputs()).containsExactly("a");
      for (int row = 0; row < batch.size(); row++) {
        assertThat(batch.y().getFloat(row)).isEqualTo(batch.x().getFloat(row, 0) * 10);
      }
    }
  }

  @Test
  void takesWhatAStreamMakesAnewEachTime() {
    AtomicInteger made = new AtomicInteger();
    Dataset dataset =
        Dataset.fromGenerator(
                () ->
                    IntStream.range(0, 5)
                        .mapToObj(i -> Batch.of(new int[] {made.getAndIncrement()})))
            .batch(2);
    assertThat(dataset.cardinality()).isEmpty();
    assertThat(values(dataset)).containsExactly(List.of(0f, 1f), List.of(2f, 3f), List.of(4f));
    assertThat(values(dataset)).startsWith(List.of(5f, 6f));
  }

  @Test
  void computesNoMoreThanWasAskedForAhead() {
    AtomicInteger made = new AtomicInteger();
    Iterator<Batch> elements =
        Dataset.fromGenerator(
                () -> Stream.generate(() -> Batch.of(new int[] {made.getAndIncrement()})))
            .prefetch(3)
            .iterator();

    assertThat(elements.next().x().getFloat(0)).isZero();
    assertThat(elements.next().x().getFloat(0)).isEqualTo(1);
    elements.next();

    assertThat(made).hasValueLessThanOrEqualTo(6);
  }

  @Test
  void endsWithTheElementsHoweverLargeTheBufferIs() {
    assertThat(values(numbers(4).prefetch(Integer.MAX_VALUE)))
        .isEqualTo(values(numbers(4)))
        .hasSize(4);
  }

  @Test
  void handsOnWhatFailsAhead() {
    Iterator<Batch> elements =
        numbers(4)
            .map(
                batch -> {
                  if (batch.x().getFloat(0) == 2) {
                    throw new IllegalStateException("two");
                  }
                  return batch;
                })
            .prefetch(2)
            .iterator();
    elements.next();
    elements.next();
    assertThatThrownBy(elements::next).isInstanceOf(IllegalStateException.class).hasMessage("two");
  }

  @Test
  void handsOnWhatNoMethodDeclares() {
    Iterator<Batch> elements =
        numbers(2)
            .map(batch -> DatasetTest.<RuntimeException>sneak(new java.io.IOException("sneaky")))
            .prefetch(2)
            .iterator();
    assertThatThrownBy(elements::next).hasRootCauseMessage("sneaky");
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> Batch sneak(Exception e) throws E {
    throw (E) e;
  }

  @Test
  void endsWithoutElements() {
    for (Dataset dataset :
        List.of(numbers(2).skip(5), numbers(3).batch(4, true), numbers(2).take(0).prefetch(1))) {
      assertThat(dataset.cardinality()).hasValue(0);
      Iterator<Batch> elements = dataset.iterator();
      assertThat(elements.hasNext()).isFalse();
    }
    Iterator<Batch> shuffled = numbers(1).shuffle(2, 1).iterator();
    shuffled.next();
    assertThatThrownBy(shuffled::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void saysThatElementsHaveDifferentShapes() {
    Dataset ragged =
        Dataset.fromGenerator(() -> Stream.of(Batch.of(new float[1][2]), Batch.of(new float[1][3])))
            .batch(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ragged.iterator().next())
        .withMessageContaining("the elements have x of different shapes")
        .withMessageContaining("(1, 3)");
    Dataset half =
        Dataset.fromGenerator(
                () -> Stream.of(Batch.of(new float[1], new float[1]), Batch.of(new float[1])))
            .batch(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> half.iterator().next())
        .withMessageContaining("the elements have y of different shapes");
  }

  @Test
  void takesBatchesThatAreThere() {
    Batches windows =
        Utils.timeseriesDatasetFromArray(
            new float[] {0, 1, 2, 3, 4, 5}, null, 2, o -> o.batchSize(2));

    Dataset dataset = Dataset.of(windows).map(DatasetTest::doubledRows).prefetch(1);

    assertThat(dataset.cardinality()).hasValue(3);
    assertThat(values(dataset)).startsWith(List.of(0f, 2f, 2f, 4f));
  }

  private static Batch doubledRows(Batch batch) {
    FloatNdArray x = batch.x();
    float[] values = FloatArrays.values(x).clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 2;
    }
    return Batch.of(FloatArrays.wrap(values, FloatArrays.shape(x)));
  }
}
