package keras.initializers;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.internal.config.Serialized;
import keras.internal.messages.Checks;
import keras.internal.random.SeedOrder;
import keras.random.SeedGenerator;
import keras.utils.Config;

/**
 * An initializer that draws its values from a seed.
 *
 * <p>With a number as seed, every call gives the same values for the same shape; so does one
 * without a seed, which draws a number once. With a {@link SeedGenerator} each call gives others.
 *
 * @param <S> the class itself, which chained calls return
 */
public abstract class RandomInitializer<S extends RandomInitializer<S>> extends Initializer {

  /** The seed that the caller gave: a Long, a SeedGenerator or null. */
  private Object given;

  /** The seed of the values: as given, or drawn. */
  private Object seed;

  RandomInitializer() {
    SeedOrder.add(this, this::drawSeed);
  }

  /**
   * Makes the values repeatable: they are the ones that Keras draws with this seed.
   *
   * @param value any number; {@code null} in Keras, the default, is not to call this
   * @return this initializer
   */
  public S seed(long value) {
    given = value;
    seed = value;
    return self();
  }

  /**
   * Takes a new seed from a generator at each call.
   *
   * @param generator where seeds come from
   * @return this initializer
   */
  public S seed(SeedGenerator generator) {
    given = generator;
    seed = generator;
    return self();
  }

  /** With the arguments of a configuration that all random initializers have. */
  S argumentsFrom(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    Object value = config.value("seed");
    if (value instanceof Map<?, ?>) {
      return seed(generator(config.inner("seed")));
    }
    return value == null ? self() : seed(config.longInteger("seed"));
  }

  private static SeedGenerator generator(Config object) {
    object.only("class_name", "SeedGenerator");
    Config config = object.inner("config");
    Long first = config.given("seed") ? (Long) config.longInteger("seed") : null;
    return config.given("name")
        ? new SeedGenerator(first, config.text("name"))
        : first == null ? new SeedGenerator() : new SeedGenerator(first);
  }

  @Override
  public synchronized void drawSeed() {
    if (seed == null) {
      seed = SeedGenerator.makeDefaultSeed();
    }
  }

  /** Returns the pair that the next draw is seeded with. */
  final synchronized long[] nextSeed() {
    drawSeed();
    return SeedGenerator.drawSeed(seed);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("seed", given instanceof SeedGenerator generator ? serialized(generator) : given);
    return config;
  }

  private static Map<String, Object> serialized(SeedGenerator generator) {
    return Serialized.known("keras.random", "SeedGenerator", generator.getConfig());
  }

  /** Returns a new initializer of the same class with the arguments of this one, the seed aside. */
  abstract S blank();

  @Override
  public S copy() {
    S copy = blank();
    if (given instanceof SeedGenerator generator) {
      Object first = generator.getConfig().get("seed");
      copy.seed(new SeedGenerator((Long) first, generator.name()));
    } else if (given != null) {
      copy.seed((Long) given);
    }
    return copy;
  }

  @SuppressWarnings("unchecked")
  final S self() {
    return (S) this;
  }
}
