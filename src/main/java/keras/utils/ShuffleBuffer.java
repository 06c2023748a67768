package keras.utils;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
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

  /** Returns the elements in the order of one iteration. */
  synchronized <T> Iterator<T> shuffle(Iterator<T> source) {
    return new Shuffled<>(source, size, new PhiloxRandom(seeds.next(), seeds.next()));
  }

  /** One iteration. The buffer is a ring: its first place is that of the next element given. */
  private static final class Shuffled<T> implements Iterator<T> {
    private final Iterator<T> source;
    private final int size;
    private final PhiloxRandom random;
    private final List<T> ring = new ArrayList<>();
    private long given;
    private long taken;

    Shuffled(Iterator<T> source, int size, PhiloxRandom random) {
      this.source = source;
      this.size = size;
      this.random = random;
    }

    @Override
    public boolean hasNext() {
      return taken > given || source.hasNext();
    }

    @Override
    public T next() {
      fill();
      if (taken == given) {
        throw new NoSuchElementException();
      }
      int first = (int) (given % size);
      int drawn = (int) ((given + random.next() % (taken - given)) % size);
      T element = ring.get(drawn);
      ring.set(drawn, ring.get(first));
      given++;
      return element;
    }

    private void fill() {
      for (; taken - given < size && source.hasNext(); taken++) {
        if (ring.size() < size) {
          ring.add(source.next());
        } else {
          ring.set((int) (taken % size), source.next());
        }
      }
    }
  }
}
