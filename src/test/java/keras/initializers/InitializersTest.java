package keras.initializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.random.GlobalSeed;
import keras.random.SeedGenerator;
import keras.testing.Configs;
import keras.testing.Fluent;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;

class InitializersTest {
  private final Golden golden = Golden.load("initializers/initializers");

  private static Initializer make(Golden each) {
    return (Initializer)
        Fluent.make("keras.initializers", each.text("class"), each.at("arguments"));
  }

  @Test
  void givesTheBitsThatKerasGives() {
    for (Golden each : golden.all("cases")) {
      float[] values = make(each).call(Shape.of(each.shape("values")));

      assertThat(values).as(each + " " + each.text("class")).isEqualTo(each.floats("values"));
    }
  }

  @Test
  void givesTheBitsThatKerasGivesInLargeArrays() {
    for (Golden each : Golden.load("initializers/checksums").all("cases")) {
      RandomInitializer<?> initializer =
          (RandomInitializer<?>) Initializers.get(each.text("class"));
      float[] values = initializer.seed(each.integer("seed")).call(Shape.of(each.longs("shape")));

      String what = each + " " + each.text("class") + each.at("shape").json();
      assertThat(values).as(what).startsWith(each.floats("first"));
      assertThat(checksum(values)).as(what).isEqualTo(each.text("sum"));
    }
  }

  @Test
  void givesTheKernelOfAFourierTransformThatKerasGives() {
    for (Golden each : golden.all("stft")) {
      Golden arguments = each.at("arguments");
      STFT stft = new STFT();
      if (arguments.json().has("side")) {
        stft.side(arguments.text("side"));
      }
      if (arguments.json().has("window")) {
        JsonNode window = arguments.at("window").json();
        if (window.isArray()) {
          stft.window(arguments.floats("window"));
        } else {
          stft.window(window.isNull() ? null : window.asText());
        }
      }
      if (arguments.json().has("scaling")) {
        JsonNode scaling = arguments.at("scaling").json();
        stft.scaling(scaling.isNull() ? null : scaling.asText());
      }
      if (arguments.json().has("periodic")) {
        stft.periodic(arguments.json().get("periodic").asBoolean());
      }

      float[] values = stft.call(Shape.of(each.shape("values")));
      assertThat(values)
          .as(each + " " + arguments.json())
          .usingComparatorWithPrecision(2e-7f)
          .containsExactly(each.floats("values"));
      Configs.assertSame(stft.getConfig(), each, "config");
    }
  }

  @Test
  void refusesArgumentsThatNoFourierTransformHas() {
    assertThatThrownBy(() -> new STFT().window("kaiser"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("STFT window \"kaiser\" is not known.");
    assertThatThrownBy(() -> new STFT().side("left"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("STFT side \"left\" is not known.");
    assertThatThrownBy(() -> new STFT().scaling("spectre"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Did you mean \"spectrum\"?");
    assertThatThrownBy(() -> new STFT().call(Shape.of(4, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("expected: (timesteps, 1, frequencies)", "got:      shape (4, 3)");
    assertThatThrownBy(() -> new STFT().window(1, 2).call(Shape.of(4, 1, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("expected: 4 weights", "got:      2");
  }

  /** The sum of each element's bits times its position, from 1, modulo 2^64. */
  private static String checksum(float[] values) {
    long sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += Integer.toUnsignedLong(Float.floatToRawIntBits(values[i])) * (i + 1);
    }
    return new BigInteger(Long.toUnsignedString(sum)).toString();
  }

  @Test
  void takesASeedFromTheGeneratorAtEachCall() {
    RandomNormal initializer = new RandomNormal().seed(new SeedGenerator(7L, "seeds"));

    for (Golden call : golden.at("generator").all("calls")) {
      assertThat(initializer.call(Shape.of(2, 3))).isEqualTo(call.floats("data"));
    }
    Configs.assertSame(Initializers.serialize(initializer), golden.at("generator"), "config");
  }

  @Test
  void drawsItsSeedWhereKerasDoes() {
    Golden unseeded = golden.at("unseeded");
    GlobalSeed.set(42);
    List<Initializer> made = new ArrayList<>();
    unseeded.at("classes").json().forEach(each -> made.add(0, Initializers.get(each.asText())));
    for (int i = made.size() - 1; i >= 0; i--) {
      made.get(i).drawSeed();
    }

    List<Golden> values = unseeded.all("values");
    for (int i = 0; i < made.size(); i++) {
      assertThat(made.get(i).call(Shape.of(3, 2))).isEqualTo(values.get(i).floats("data"));
    }
  }

  @Test
  void hasTheDefaultsOfKeras() {
    for (String name : golden.at("configs").keys()) {
      Configs.assertSame(Initializers.get(name).getConfig(), golden.at("configs"), name);
    }
  }

  @Test
  void writesItsArgumentsAsKerasDoes() {
    assertThat(new GlorotUniform().seed(3).inputAxes(0, 1).outputAxes(2).getConfig())
        .hasToString("{seed=3, input_axes=[0, 1], output_axes=[2]}");
    assertThat(new VarianceScaling().scale(2).mode("fan_out").distribution("normal").getConfig())
        .hasToString(
            "{seed=null, scale=2.0, mode=fan_out, distribution=truncated_normal,"
                + " input_axes=null, output_axes=null}");
    assertThat(Initializers.serialize(new Constant(0.5)))
        .hasToString(
            "{module=keras.initializers, class_name=Constant, config={value=0.5},"
                + " registered_name=null}");
    assertThat(Initializers.serialize(null)).isNull();
  }

  @Test
  void knowsTheNamesThatKerasKnows() {
    Golden names = golden.at("names");
    for (String name : names.keys()) {
      assertThat(Initializers.get(name).getClass().getSimpleName())
          .as(name)
          .isEqualTo(names.text(name));
    }
  }

  @Test
  void givesTheSameValuesAtEveryCallAndOthersInEveryNewOne() {
    GlorotUniform unseeded = new GlorotUniform();
    float[] first = unseeded.call(Shape.of(3, 4));

    assertThat(unseeded.call(Shape.of(3, 4))).isEqualTo(first);
    assertThat(new GlorotUniform().call(Shape.of(3, 4))).isNotEqualTo(first);
    assertThat(unseeded.getConfig()).containsEntry("seed", null);
  }

  @Test
  void copiesDrawTheirOwnSeedUnlessOneWasGiven() {
    Shape shape = Shape.of(3, 4);
    Orthogonal unseeded = new Orthogonal().gain(2);
    Orthogonal seeded = new Orthogonal().gain(2).seed(5);

    assertThat(unseeded.copy().call(shape)).isNotEqualTo(unseeded.call(shape));
    assertThat(seeded.copy().call(shape)).isEqualTo(seeded.call(shape));
    assertThat(new Zeros().copy().call(shape)).containsOnly(0);
    RandomUniform generated = new RandomUniform().maxval(2).seed(new SeedGenerator(3L, "s"));
    float[] first = generated.call(shape);
    assertThat(generated.copy().call(shape)).isEqualTo(first);
    assertThat(generated.call(shape)).isNotEqualTo(first);
  }

  @Test
  void copiesKeepEveryArgument() {
    VarianceScaling original =
        new VarianceScaling()
            .scale(3)
            .mode("fan_avg")
            .distribution("uniform")
            .seed(1)
            .inputAxes(0)
            .outputAxes(1);

    assertThat(original.copy().getConfig()).isEqualTo(original.getConfig());
    assertThat(new TruncatedNormal().mean(1).stddev(2).copy().getConfig())
        .isEqualTo(new TruncatedNormal().mean(1).stddev(2).getConfig());
  }

  @Test
  void drawsItsSeedOnceWhenAskedTo() {
    RandomNormal drawn = new RandomNormal();
    drawn.drawSeed();
    float[] values = drawn.call(Shape.of(5));
    drawn.drawSeed();

    assertThat(drawn.call(Shape.of(5))).isEqualTo(values);
  }

  @Test
  void acceptsInstancesArraysAndNull() {
    Initializer ones = new Ones();

    assertThat(Initializers.get(ones)).isSameAs(ones);
    assertThat(Initializers.get(null)).isNull();
    Initializer given = Initializers.get(NdArrays.vectorOf(1f, 2f));
    assertThat(given.call(Shape.of(2))).containsExactly(1, 2);
    assertThatThrownBy(() -> given.call(Shape.of(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("expected: (3,)", "got:      (2,)");
  }

  @Test
  void rejectsWhatIsNoInitializer() {
    assertThatThrownBy(() -> Initializers.get("glorot_unifrm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("he_normal", "Did you mean \"glorot_uniform\"?");
    assertThatThrownBy(() -> Initializers.get(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: a name, an Initializer, a FloatNdArray or null");
  }

  @Test
  void rejectsShapesThatItCannotFill() {
    assertThatThrownBy(() -> new Orthogonal().call(Shape.of(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("expected: a weight of rank 2 or more", "got:      shape (3,)");
    assertThatThrownBy(() -> new Identity().call(Shape.of(3, 3, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: a weight of rank 2");
    assertThatThrownBy(() -> new HeNormal().inputAxes(2).outputAxes(0).call(Shape.of(3, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("HeNormal", "expected: axes from -2 to 1", "got:      2");
  }

  @Test
  void rejectsArgumentsOutOfRange() {
    assertThatThrownBy(() -> new VarianceScaling().scale(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scale must be positive");
    assertThatThrownBy(() -> new VarianceScaling().mode("fan_inn"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Did you mean \"fan_in\"?");
    assertThatThrownBy(() -> new VarianceScaling().distribution("gauss"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("truncated_normal, untruncated_normal, uniform");
  }
}
