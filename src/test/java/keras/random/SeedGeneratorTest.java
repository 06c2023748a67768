package keras.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import keras.testing.Golden;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SeedGeneratorTest {
  private static final Golden KERAS = Golden.load("utils/seed_generator");

  @AfterEach
  void unsetSeed() {
    GlobalSeed.unset();
    GlobalSeed.clear();
  }

  private static List<Golden> seeds() {
    return KERAS.all("cases");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void countsLikeKeras(Golden keras) {
    SeedGenerator generator = new SeedGenerator(keras.integer("seed"));

    expect(keras, "next", Stream.generate(generator::next));
    expect(keras, "unordered", Stream.generate(() -> generator.next(false)));
    assertThat(generator.state()).containsExactly(keras.longs("state"));
  }

  @Test
  void drawsItsSeedFromPythonWhenItIsMade() {
    GlobalSeed.clear();
    GlobalSeed.set(42);
    SeedGenerator first = new SeedGenerator();
    SeedGenerator second = new SeedGenerator(5);
    SeedGenerator named = new SeedGenerator(null, "mask");

    expect(KERAS, "unseeded", Stream.of(first.next(), named.next()));
    expectConfigs(first, second, named);
    expect(KERAS, "drawn_from_generator", drawn(second));
    expect(KERAS, "drawn_from_number", drawn(9));
    expect(KERAS, "drawn_from_none", drawn(null));
    GlobalSeed.set(42);
    expect(KERAS, "drawn_after_reset", drawn(null));
    GlobalSeed.clear();
    expect(KERAS, "drawn_after_clear", drawn(null));
  }

  private static Stream<long[]> drawn(Object seed) {
    return Stream.generate(() -> SeedGenerator.drawSeed(seed));
  }

  private static void expectConfigs(SeedGenerator... generators) {
    List<Golden> configs = KERAS.all("configs");
    for (int i = 0; i < generators.length; i++) {
      Golden config = configs.get(i);
      assertThat(generators[i].getConfig())
          .containsOnlyKeys(config.keys())
          .containsEntry("seed", config.has("seed") ? config.integer("seed") : null)
          .containsEntry("name", config.text("name"));
    }
  }

  private static void expect(Golden keras, String key, Stream<long[]> draws) {
    List<long[]> expected = keras.all(key).stream().map(Golden::longs).toList();
    assertThat(draws.limit(expected.size())).as(key).containsExactlyElementsOf(expected);
  }

  @Test
  void goesOnFromAStateThatWasSaved() {
    SeedGenerator saved = new SeedGenerator(7);
    saved.next();
    SeedGenerator loaded = new SeedGenerator(8);

    loaded.setState(saved.state());

    assertThat(loaded.next()).containsExactly(7, 1);
    assertThatThrownBy(() -> new SeedGenerator(1L, "mask").setState(1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            SeedGenerator "mask": this is no state of a seed generator.
              expected: 2 numbers, the seed and the counter
              got:      3 numbers
              fix:      pass what state() returned""");
  }

  @Test
  void rejectsWhatIsNoSeed() {
    assertThatThrownBy(() -> SeedGenerator.drawSeed(0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            drawSeed: this is no seed.
              expected: a whole number (int or long), a SeedGenerator or null
              got:      0.5, a java.lang.Double
              fix:      pass a number such as 42""");
  }
}
