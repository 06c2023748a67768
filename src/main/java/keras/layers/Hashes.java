package keras.layers;

import java.util.Arrays;
import java.util.List;
import keras.internal.graph.EagerOps;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** TensorFlow's hashes of strings, without a key or with one. */
final class Hashes {

  /** The start of each crossing, TensorFlow's {@code _DEFAULT_HASH_KEY}. */
  private static final long CROSS_KEY = 0xDECAFCAFFEL;

  /** A number that bits are spread with. */
  private static final long FACTOR = 0xc6a4a7935bd1e995L;

  private Hashes() {}

  static long[] checked(Layer<?> layer, long... value) {
    Checks.notNull("Hashing", "salt", value);
    if (value.length > 2) {
      throw Errors.in(layer.toString(), "the key of the hash is two numbers.")
          .expected("salt(a, b), or one number for both")
          .got(Arrays.toString(value))
          .fix("salt(" + value[0] + ", " + value[1] + ")")
          .argument();
    }
    return value.length == 0 ? null : new long[] {value[0], value[value.length - 1]};
  }

  static long[] from(Config config) {
    return config.value("salt") instanceof List
        ? Arrays.stream(config.integers("salt")).asLongStream().toArray()
        : new long[] {config.integer("salt")};
  }

  /**
   * Returns the bucket of each string.
   *
   * @param salt the key, or null for none
   */
  static long[] buckets(List<String> texts, long buckets, long[] salt) {
    if (texts.isEmpty()) {
      return new long[0];
    }
    return whole(
        EagerOps.run(
            tf -> {
              Operand<TString> strings =
                  tf.constant(NdArrays.vectorOfObjects(texts.toArray(String[]::new)));
              return parts(
                  tf,
                  salt == null
                      ? tf.strings.toHashBucketFast(strings, buckets)
                      : tf.strings.toHashBucketStrong(strings, buckets, List.of(salt[0], salt[1])));
            }));
  }

  /** Parts of 24 bits, which floats hold exactly. */
  private static Operand<TFloat32> parts(Ops tf, Operand<TInt64> x) {
    Operand<TInt64> base = tf.constant(1L << 24);
    return tf.dtypes.cast(
        tf.stack(
            List.of(
                tf.math.floorMod(x, base),
                tf.math.floorMod(tf.math.floorDiv(x, base), base),
                tf.math.floorDiv(x, tf.constant(1L << 48)))),
        TFloat32.class);
  }

  private static long[] whole(float... parts) {
    int count = parts.length / 3;
    long[] whole = new long[count];
    for (int i = 0; i < count; i++) {
      whole[i] =
          (long) parts[i] + ((long) parts[count + i] << 24) + ((long) parts[2 * count + i] << 48);
    }
    return whole;
  }

  /**
   * Returns the bucket of what stands at the same place in all columns, as TensorFlow's kernel
   * {@code SparseCross} computes it.
   */
  static long[] crossed(List<Tokens> columns, long buckets) {
    long[] crossed = new long[columns.get(0).values().size()];
    Arrays.fill(crossed, CROSS_KEY);
    for (Tokens column : columns) {
      long[] features =
          column.areStrings()
              ? fingerprints(column.texts())
              : column.values().stream().mapToLong(value -> (Long) value).toArray();
      for (int i = 0; i < crossed.length; i++) {
        crossed[i] = joined(crossed[i], features[i]);
      }
    }
    return Arrays.stream(crossed).map(hash -> Long.remainderUnsigned(hash, buckets)).toArray();
  }

  /** Joins two hashes. TensorFlow: {@code FingerprintCat64}. */
  private static long joined(long first, long second) {
    long result = first ^ FACTOR;
    result ^= mixed(second * FACTOR) * FACTOR;
    result *= FACTOR;
    return mixed(mixed(result) * FACTOR);
  }

  private static long mixed(long x) {
    return x ^ (x >>> 47);
  }

  /**
   * The hashes themselves, of 64 bits, from what two divisions leave of them: the kernel gives no
   * more.
   */
  private static long[] fingerprints(List<String> texts) {
    long[] rests = buckets(texts, Long.MAX_VALUE, null);
    long[] low = buckets(texts, 1L << 62, null);
    for (int i = 0; i < rests.length; i++) {
      // A hash is the rest and 0, 1 or 2 times the divisor, which is one less than 2^63.
      long times = (rests[i] - low[i]) & ((1L << 62) - 1);
      rests[i] += times * Long.MAX_VALUE;
    }
    return rests;
  }
}
