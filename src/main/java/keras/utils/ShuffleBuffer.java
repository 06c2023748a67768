package keras.utils;

import java.util.stream.IntStream;
import keras.internal.random.PhiloxRandom;
import keras.random.GlobalSeed;

/**
 * The orders in which {@code tf.data.Dataset.shuffle(bufferSize, seed)} gives its elements, another
 * at each iteration.
 *
 * <p>Elements go through a buffer: each that is given is taken from a random place in it, and the
 * next of the source takes its place.
 */
final class ShuffleBuffer {
  /** TensorFlow's seed where no global one was set. */
  private static final long DEFAULT_GRAPH_SEED = 87654321;

  private static final long MAX_INT = Integer.MAX_VALUE;

  private final int size;
  private final PhiloxRandom seeds;

  ShuffleBuffer(int size, long seed) {
    this.size = size;
    long graphSeed = GlobalSeed.tensorflow().orElse(DEFAULT_GRAPH_SEED) % MAX_INT;
    long opSeed = seed % MAX_INT;
    this.seeds = new PhiloxRandom(graphSeed, graphSeed == 0 && opSeed == 0 ? MAX_INT : opSeed);
  }

  /** Returns the order of one iteration over so many elements. */
  synchronized IntStream next(int count) {
    PhiloxRandom random = new PhiloxRandom(seeds.next(), seeds.next());
    int[] buffer = new int[Math.min(size, count)];
    int[] order = new int[count];
    int filled = 0;
    for (int given = 0; given < count; given++) {
      for (; filled < count && filled - given < buffer.length; filled++) {
        buffer[filled % buffer.length] = filled;
      }
      long ahead = random.next() % (filled - given);
      int drawn = (int) ((given + ahead) % buffer.length);
      int first = given % buffer.length;
      order[given] = buffer[drawn];
      buffer[drawn] = buffer[first];
    }
    return IntStream.of(order);
  }
}
