package keras.utils;

import static keras.testing.Close.assertThatArray;
import static keras.utils.Utils.timeseriesDatasetFromArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import keras.random.GlobalSeed;
import keras.testing.Golden;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimeseriesDatasetTest {
  private static final float[] SERIES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

  @BeforeEach
  @AfterEach
  void unsetSeed() {
    GlobalSeed.unset();
  }

  private static List<Golden> cases() {
    return Golden.load("utils/timeseries_dataset").all("cases");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void cutsAndShufflesAsKerasDoes(Golden keras) {
    if (keras.has("global_seed")) {
      Utils.setRandomSeed(keras.integer("global_seed"));
    }
    Batches dataset =
        timeseriesDatasetFromArray(
            keras.array("data"),
            keras.has("targets") ? keras.array("targets") : null,
            (int) keras.integer("sequence_length"),
            options -> set(options, keras.at("arguments")));

    assertThat(dataset.length()).isEqualTo((int) keras.integer("length"));
    for (Golden epoch : keras.all("epochs")) {
      List<Golden> expected = epoch.all();
      List<Batch> batches = new ArrayList<>();
      dataset.forEach(batches::add);
      assertThat(batches).hasSameSizeAs(expected);
      for (int i = 0; i < batches.size(); i++) {
        assertThatArray(batches.get(i).x()).as("%s, x", i).isCloseTo(expected.get(i).array("x"));
        if (expected.get(i).has("y")) {
          assertThatArray(batches.get(i).y()).as("%s, y", i).isCloseTo(expected.get(i).array("y"));
        } else {
          assertThat(batches.get(i).y()).isNull();
        }
      }
    }
  }

  private static void set(TimeseriesDatasetOptions options, Golden arguments) {
    for (String name : arguments.keys()) {
      switch (name) {
        case "sampling_rate" -> options.samplingRate((int) arguments.integer(name));
        case "sequence_stride" -> options.sequenceStride((int) arguments.integer(name));
        case "start_index" -> options.startIndex((int) arguments.integer(name));
        case "end_index" -> options.endIndex((int) arguments.integer(name));
        case "shuffle" -> options.shuffle(arguments.bool(name));
        case "seed" -> options.seed(arguments.integer(name));
        case "batch_size" -> options.batchSize((int) arguments.integer(name));
        default -> throw new AssertionError(name);
      }
    }
  }

  @Test
  void shufflesInAnotherOrderEachTimeWithoutASeed() {
    float[] series = new float[200];
    for (int i = 0; i < series.length; i++) {
      series[i] = i;
    }
    Batches one = timeseriesDatasetFromArray(series, null, 1, o -> o.shuffle(true).batchSize(200));
    Batches other =
        timeseriesDatasetFromArray(series, null, 1, o -> o.shuffle(true).batchSize(200));

    float[] first = FloatArrays.values(one.iterator().next().x());

    assertThat(FloatArrays.values(one.iterator().next().x())).isNotEqualTo(first);
    assertThat(FloatArrays.values(other.iterator().next().x())).isNotEqualTo(first);
    assertThat(first).containsExactlyInAnyOrder(series);
  }

  @Test
  void rejectsWhatDoesNotSuitTheData() {
    assertThatThrownBy(
            () -> timeseriesDatasetFromArray(SERIES, null, 3, o -> o.startIndex(5).endIndex(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            timeseriesDatasetFromArray: endIndex must be greater than startIndex.
              expected: more than 5
              got:      5
              fix:      leave endIndex out to use the data to their end""");
    assertThatThrownBy(() -> timeseriesDatasetFromArray(SERIES, null, 3, o -> o.endIndex(10)))
        .hasMessage(
            """
            timeseriesDatasetFromArray: endIndex is not less than the number of steps.
              expected: less than 10
              got:      10
              fix:      pass a smaller endIndex or more data""");
    assertThatThrownBy(() -> timeseriesDatasetFromArray(SERIES, null, 3, o -> o.startIndex(10)))
        .hasMessageStartingWith("timeseriesDatasetFromArray: startIndex is not less than");
    assertThatThrownBy(() -> timeseriesDatasetFromArray(SERIES, null, 3, o -> o.samplingRate(10)))
        .hasMessageStartingWith("timeseriesDatasetFromArray: samplingRate is not less than");
    assertThatThrownBy(() -> timeseriesDatasetFromArray(SERIES, null, 3, o -> o.sequenceStride(10)))
        .hasMessageStartingWith("timeseriesDatasetFromArray: sequenceStride is not less than");
    assertThatThrownBy(
            () -> timeseriesDatasetFromArray(SERIES, new float[5], 3, o -> o.startIndex(3)))
        .hasMessage(
            """
            timeseriesDatasetFromArray: there are too few targets.
              expected: 8 targets, up to the step where the last window begins
              got:      5 targets
              fix:      pass targets[i] for the window that begins at data[i]""");
  }

  @Test
  void rejectsOptionsOutOfRange() {
    assertThatThrownBy(() -> timeseriesDatasetFromArray(SERIES, null, 0))
        .hasMessageStartingWith(
            "timeseriesDatasetFromArray: sequenceLength must be a positive number.");
    assertThatThrownBy(() -> timeseriesDatasetFromArray(SERIES, null, 3, o -> o.batchSize(0)))
        .hasMessageStartingWith("timeseriesDatasetFromArray: batchSize must be a positive number.");
    assertThatThrownBy(() -> timeseriesDatasetFromArray(SERIES, null, 3, o -> o.startIndex(-1)))
        .hasMessageStartingWith("timeseriesDatasetFromArray: startIndex must not be negative.");
    assertThatThrownBy(() -> timeseriesDatasetFromArray(SERIES, null, 3, o -> o.seed(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            timeseriesDatasetFromArray: the seed is out of range.
              expected: 0 to 4294967295 (2**32 - 1), as in Keras
              got:      -1
              fix:      choose a seed in that range""");
  }
}
