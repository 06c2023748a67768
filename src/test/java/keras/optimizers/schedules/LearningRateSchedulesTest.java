package keras.optimizers.schedules;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import keras.testing.Configs;
import keras.testing.Fluent;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;

class LearningRateSchedulesTest {
  private final Golden golden = Golden.load("optimizers/schedules");

  private static LearningRateSchedule make(Golden each) {
    return (LearningRateSchedule) Fluent.set(start(each), each.at("arguments"));
  }

  private static LearningRateSchedule start(Golden each) {
    JsonNode given = each.at("positional").json();
    if (each.text("class").equals("PiecewiseConstantDecay")) {
      long[] boundaries = new long[given.get(0).size()];
      double[] values = new double[given.get(1).size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = given.get(1).get(i).doubleValue();
      }
      for (int i = 0; i < boundaries.length; i++) {
        boundaries[i] = given.get(0).get(i).longValue();
      }
      return new PiecewiseConstantDecay(boundaries, values);
    }
    double rate = given.get(0).doubleValue();
    long steps = given.get(1).longValue();
    return switch (each.text("class")) {
      case "ExponentialDecay" -> new ExponentialDecay(rate, steps, given.get(2).doubleValue());
      case "InverseTimeDecay" -> new InverseTimeDecay(rate, steps, given.get(2).doubleValue());
      case "PolynomialDecay" -> new PolynomialDecay(rate, steps);
      case "CosineDecay" -> new CosineDecay(rate, steps);
      default -> new CosineDecayRestarts(rate, steps);
    };
  }

  @Test
  void givesTheRatesThatKerasGives() {
    for (Golden each : golden.all("cases")) {
      LearningRateSchedule schedule = make(each);
      long[] steps = each.longs("steps");
      float[] rates = new float[steps.length];
      for (int i = 0; i < steps.length; i++) {
        rates[i] = (float) schedule.call(steps[i]);
      }

      assertThatArray(rates).as(each + " " + each.text("class")).isCloseTo(each.floats("rates"));
    }
  }

  @Test
  void writesItsArgumentsAsKerasDoes() {
    for (Golden each : golden.all("cases")) {
      Configs.assertSame(LearningRateSchedule.serialize(make(each)), each, "serialized");
    }
  }

  @Test
  void rejectsStepsInWhichNothingDecays() {
    assertThatThrownBy(() -> new ExponentialDecay(0.1, 0, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("ExponentialDecay: decaySteps must be positive.", "got:      0");
    assertThatThrownBy(() -> new CosineDecayRestarts(0.1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("firstDecaySteps");
    assertThatThrownBy(() -> new PiecewiseConstantDecay(new long[] {1, 2}, new double[] {0.1, 0.2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got:      2 boundaries and 2 values");
  }
}
