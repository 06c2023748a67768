package keras.utils;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import keras.random.GlobalSeed;
import keras.testing.Golden;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimeseriesGeneratorTest {
  private static final float[] SERIES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

  @AfterEach
  void unsetSeed() {
    GlobalSeed.unset();
  }

  private static List<Golden> cases() {
    return Golden.load("utils/timeseries_generator").all("cases");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void cutsTheWindowsThatKerasCuts(Golden keras) {
    TimeseriesGenerator generator =
        new TimeseriesGenerator(
            keras.array("data"), keras.array("targets"), (int) keras.integer("length"));
    set(generator, keras.at("arguments"));
    Utils.setRandomSeed(42);

    List<Golden> batches = keras.all("batches");
    assertThat(generator.length()).isEqualTo(batches.size());
    for (int i = 0; i < batches.size(); i++) {
      Batch batch = generator.getItem(i);
      assertThatArray(batch.x()).as("x of batch %s", i).isCloseTo(batches.get(i).array("x"));
      assertThatArray(batch.y()).as("y of batch %s", i).isCloseTo(batches.get(i).array("y"));
    }
  }

  private static void set(TimeseriesGenerator generator, Golden arguments) {
    for (String name : arguments.keys()) {
      switch (name) {
        case "sampling_rate" -> generator.samplingRate((int) arguments.integer(name));
        case "stride" -> generator.stride((int) arguments.integer(name));
        case "start_index" -> generator.startIndex((int) arguments.integer(name));
        case "end_index" -> generator.endIndex((int) arguments.integer(name));
        case "shuffle" -> generator.shuffle(arguments.bool(name));
        case "reverse" -> generator.reverse(arguments.bool(name));
        case "batch_size" -> generator.batchSize((int) arguments.integer(name));
        default -> throw new AssertionError(name);
      }
    }
  }

  @Test
  void canBeGoneThroughAgain() {
    Sequence generator = new TimeseriesGenerator(SERIES, SERIES, 3).batchSize(4);

    for (int epoch = 0; epoch < 2; epoch++) {
      assertThat(generator).extracting(Batch::size).isEqualTo(List.of(4, 3));
    }
  }

  @Test
  void doesNotSeeLaterChangesToTheData() {
    float[] series = SERIES.clone();
    Sequence generator = new TimeseriesGenerator(series, series, 3);
    series[0] = 99;

    assertThat(generator.getItem(0).x().getFloat(0, 0)).isZero();
  }

  @Test
  void rejectsUnequalLengths() {
    assertThatThrownBy(() -> new TimeseriesGenerator(SERIES, new float[9], 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            TimeseriesGenerator: data and targets are not equally long.
              expected: 10 targets, one for each step of the data
              got:      9 targets
              fix:      cut the longer one""");
  }

  @Test
  void rejectsARangeWithoutAWindow() {
    String message =
        """
        TimeseriesGenerator: no window is left between startIndex and endIndex.
          expected: startIndex + length <= endIndex, the step of the last target
          got:      %s
          fix:      take shorter windows or more of the data""";

    assertThatThrownBy(() -> new TimeseriesGenerator(SERIES, SERIES, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message.formatted("0 + 10 > 9"));
    assertThatThrownBy(() -> new TimeseriesGenerator(SERIES, SERIES, 3).startIndex(7))
        .hasMessage(message.formatted("7 + 3 > 9"));
    assertThatThrownBy(() -> new TimeseriesGenerator(SERIES, SERIES, 3).startIndex(2).endIndex(4))
        .hasMessage(message.formatted("2 + 3 > 4"));
  }

  @Test
  void rejectsIndicesOutsideOfTheData() {
    TimeseriesGenerator generator = new TimeseriesGenerator(SERIES, SERIES, 3);

    assertThatThrownBy(() -> generator.endIndex(10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            TimeseriesGenerator: endIndex lies behind the data.
              expected: at most 9, the last of 10 steps
              got:      10
              fix:      leave endIndex out to use all of the data""");
    assertThatThrownBy(() -> generator.startIndex(-1))
        .hasMessage(
            """
            TimeseriesGenerator: startIndex must not be negative.
              expected: 0 or more
              got:      -1
              fix:      count startIndex from 0""");
    assertThatThrownBy(() -> generator.getItem(1))
        .hasMessage(
            """
            TimeseriesGenerator: there is no such batch.
              expected: 0 to 0
              got:      1
              fix:      count up to length()""");
    assertThatThrownBy(() -> generator.getItem(-1)).hasMessageContaining("got:      -1");
  }

  @Test
  void rejectsWhatIsNotPositive() {
    TimeseriesGenerator generator = new TimeseriesGenerator(SERIES, SERIES, 3);

    assertThatThrownBy(() -> generator.batchSize(0))
        .hasMessageStartingWith("TimeseriesGenerator: batchSize must be a positive number.");
    assertThatThrownBy(() -> generator.stride(0))
        .hasMessageStartingWith("TimeseriesGenerator: stride must be a positive number.");
    assertThatThrownBy(() -> generator.samplingRate(-1))
        .hasMessageStartingWith("TimeseriesGenerator: samplingRate must be a positive number.");
    assertThatThrownBy(() -> new TimeseriesGenerator(SERIES, SERIES, 0))
        .hasMessageStartingWith("TimeseriesGenerator: length must be a positive number.");
  }

  @Test
  void rejectsANumberForASeries() {
    assertThatThrownBy(() -> new TimeseriesGenerator(5, SERIES, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            TimeseriesGenerator: data: this is no series.
              expected: shape (steps, ...)
              got:      shape ()
              fix:      pass an array whose first dimension is time""");
  }
}
