package keras.distribution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keras.distribution.TargetSession.Fed;
import keras.distribution.TargetSession.Node;
import org.tensorflow.proto.ConfigProto;

/**
 * Adds up vectors by TensorFlow's ring of collectives. A long vector is cut into chunks, which are
 * added up at the same time.
 */
final class Ring implements AutoCloseable {

  /** The length of a chunk. Notes: "A sum in chunks". */
  private static final int CHUNK = 1 << 20;

  private static final int STEPS = 8;

  /** The key of the one group, of all workers. */
  private static final long GROUP = 1;

  private record Chunk(Fed input, Node output) {}

  private final TargetSession session;
  private final int workers;
  private final Duration limit;
  private final Map<Long, Chunk> chunks = new HashMap<>();

  /**
   * @param address of this worker's own server
   * @param limit after which TensorFlow gives a sum up
   */
  Ring(String address, ConfigProto config, String device, int workers, Duration limit) {
    this.session = new TargetSession(address, config, device, limit);
    this.workers = workers;
    this.limit = limit;
  }

  /** Returns the sums, in a new array. */
  float[] sum(float[] values) {
    List<Fed> inputs = new ArrayList<>();
    List<Node> outputs = new ArrayList<>();
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      Chunk chunk = chunk(from / CHUNK, roundedUp(count));
      chunk.input().set(values, from, count);
      inputs.add(chunk.input());
      outputs.add(chunk.output());
    }
    float[] sums = new float[values.length];
    session.run(
        inputs,
        outputs,
        List.of(),
        (i, numbers, count) ->
            numbers.get(sums, i * CHUNK, Math.min(count, values.length - i * CHUNK)));
    return sums;
  }

  /**
   * Returns the length that a vector is added up with: each one has a tensor that stays, so there
   * are only eight from one power of two to the next. What is behind the vector counts for nothing.
   */
  private static int roundedUp(int length) {
    int step = Math.max(1, Integer.highestOneBit(length) / STEPS);
    return (length + step - 1) / step * step;
  }

  /**
   * Returns the ops for a chunk. Its key must be the same on all workers, and no other chunk of a
   * run may have it: it is made of the length alone, or of the place of one of full length.
   */
  private Chunk chunk(int place, int length) {
    long key = length == CHUNK ? CHUNK + (long) place : length;
    return chunks.computeIfAbsent(key, k -> made(k, length));
  }

  private Chunk made(long key, int length) {
    Fed input = session.input("vector_" + key, length);
    Node output =
        session
            .op("CollectiveReduce", "sum_" + key)
            .input(input.node())
            .number("group_size", workers)
            .number("group_key", GROUP)
            .number("instance_key", key)
            .text("merge_op", "Add")
            .text("final_op", "Id")
            .numbers("subdiv_offsets", 0)
            .text("communication_hint", "ring")
            .real("timeout_seconds", limit.toMillis() / 1000f)
            .build();
    return new Chunk(input, output);
  }

  void cancel() {
    session.cancel();
  }

  @Override
  public void close() {
    session.close();
  }
}
