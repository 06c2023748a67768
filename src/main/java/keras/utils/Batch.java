package keras.utils;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * One batch of data, as Keras's generators yield it: {@code x}, {@code (x, y)} or {@code (x, y,
 * sample_weight)}.
 *
 * <p>Anything that yields batches can be given to {@code fit}, {@code evaluate} and {@code
 * predict}: an {@code Iterable}, an {@code Iterator} or a {@code Stream} of them, and a {@link
 * Sequence}.
 *
 * <pre>{@code
 * Batch batch = generator.getItem(0);
 * FloatNdArray x = batch.x();
 * }</pre>
 *
 * <p>A model with several inputs or outputs takes a list in place of an array, one for each, in the
 * model's order; or a map by the names of inputs and outputs.
 *
 * @param inputs the model's inputs, one or more, each of shape {@code (batch, ...)}
 * @param targets the targets for the model's outputs, each of shape {@code (batch, ...)}; may be
 *     empty
 * @param sampleWeights the weights of the samples, {@code (batch,)}, or of their timesteps, {@code
 *     (batch, timesteps)}, for each output; may be empty
 * @param names the names of what was given by name
 */
public record Batch(
    List<FloatNdArray> inputs,
    List<FloatNdArray> targets,
    List<FloatNdArray> sampleWeights,
    Names names) {

  /**
   * The names of arrays that were given by name. Where they were not, there is an empty list: they
   * are in the model's order.
   *
   * @param inputs a name for each input
   * @param targets a name for each target
   * @param sampleWeights a name for each array of weights
   */
  public record Names(List<String> inputs, List<String> targets, List<String> sampleWeights) {

    /** Names of nothing. */
    static final Names NONE = new Names(List.of(), List.of(), List.of());
  }

  /**
   * A batch of arrays that are there already.
   *
   * @param inputs the model's inputs
   * @param targets the targets, or none
   * @param sampleWeights the weights, or none
   * @param names the names of what was given by name
   * @throws IllegalArgumentException if there is no input, or if the arrays do not have the same
   *     number of samples
   */
  public Batch {
    inputs = Checks.list("Batch", "inputs", inputs);
    targets = Checks.list("Batch", "targets", targets);
    sampleWeights = Checks.list("Batch", "sampleWeights", sampleWeights);
    check("Batch", inputs, targets, sampleWeights);
  }

  /**
   * A batch of arrays in the model's order.
   *
   * @param inputs the model's inputs
   * @param targets the targets, or none
   * @param sampleWeights the weights, or none
   * @throws IllegalArgumentException if there is no input, or if the arrays do not have the same
   *     number of samples
   */
  public Batch(
      List<FloatNdArray> inputs, List<FloatNdArray> targets, List<FloatNdArray> sampleWeights) {
    this(inputs, targets, sampleWeights, Names.NONE);
  }

  private static void check(
      String where,
      List<FloatNdArray> inputs,
      List<FloatNdArray> targets,
      List<FloatNdArray> sampleWeights) {
    if (inputs.isEmpty()) {
      throw Errors.in(where, "there is no x.")
          .expected("one array for each input of the model")
          .got("none")
          .fix("pass x")
          .argument();
    }
    long size = samples(where, "x", inputs.get(0));
    checkSize(where, "x", inputs, size);
    checkSize(where, "y", targets, size);
    checkSize(where, "sampleWeight", sampleWeights, size);
  }

  /**
   * Returns a batch without targets.
   *
   * @param x a Java array, an {@code NdArray}, or a list or map of them
   * @return the batch
   */
  public static Batch of(Object x) {
    return of(x, null, null);
  }

  /**
   * A batch with targets.
   *
   * @param x a Java array, an {@code NdArray}, or a list or map of them
   * @param y the same; or null for no targets
   * @return the batch
   */
  public static Batch of(Object x, Object y) {
    return of(x, y, null);
  }

  /**
   * Returns a batch with targets and sample weights.
   *
   * @param x a Java array, an {@code NdArray}, or a list or map of them
   * @param y the same; or null for no targets
   * @param sampleWeight the same; or null for no weights
   * @return the batch
   * @throws IllegalArgumentException if x is null, if anything is not an array of numbers, or if
   *     the arrays do not have the same number of samples
   */
  public static Batch of(Object x, Object y, Object sampleWeight) {
    return of("Batch", x, y, sampleWeight);
  }

  /**
   * A batch of what a method was given.
   *
   * @param where the method, as messages are to name it: {@code "fit"}
   * @param x a Java array, an {@code NdArray}, or a list or map of them
   * @param y the same; or null for no targets
   * @param sampleWeight the same; or null for no weights
   * @return the batch
   * @throws IllegalArgumentException as {@link #of(Object, Object, Object)}, with the method's name
   */
  public static Batch of(String where, Object x, Object y, Object sampleWeight) {
    List<FloatNdArray> inputs = arrays(where, "x", x);
    List<FloatNdArray> targets = arrays(where, "y", y);
    List<FloatNdArray> weights = arrays(where, "sampleWeight", sampleWeight);
    check(where, inputs, targets, weights);
    return new Batch(inputs, targets, weights, new Names(names(x), names(y), names(sampleWeight)));
  }

  /**
   * Returns the model's only input.
   *
   * @return the array
   * @throws IllegalStateException if there are several; take {@link #inputs()} then
   */
  public FloatNdArray x() {
    return only("x", "inputs", inputs);
  }

  /**
   * The targets for the model's only output.
   *
   * @return the array, or null if there are no targets
   * @throws IllegalStateException if there are several; take {@link #targets()} then
   */
  public FloatNdArray y() {
    return only("y", "targets", targets);
  }

  /**
   * Returns the sample weights for the model's only output.
   *
   * @return the array, or null if there are no weights
   * @throws IllegalStateException if there are several; take {@link #sampleWeights()} then
   */
  public FloatNdArray sampleWeight() {
    return only("sampleWeight", "sampleWeights", sampleWeights);
  }

  /** {@return the number of samples} */
  public int size() {
    return (int) inputs.get(0).shape().get(0);
  }

  private static FloatNdArray only(String name, String all, List<FloatNdArray> arrays) {
    if (arrays.size() > 1) {
      throw Errors.in("Batch." + name, "there are several.")
          .expected("one array")
          .got(arrays.size() + " arrays")
          .fix("take " + all + "()")
          .state();
    }
    return arrays.isEmpty() ? null : arrays.get(0);
  }

  private static List<FloatNdArray> arrays(String where, String name, Object given) {
    if (given == null) {
      return List.of();
    }
    List<FloatNdArray> arrays = new ArrayList<>();
    if (given instanceof Map<?, ?> map) {
      map.forEach(
          (key, each) ->
              arrays.add(FloatArrays.of(each, where + ": " + name + "[\"" + key + "\"]")));
      return arrays;
    }
    if (!(given instanceof List<?> list) || NumberLists.is(list)) {
      return List.of(FloatArrays.of(given, where + ": " + name));
    }
    for (Object each : list) {
      arrays.add(FloatArrays.of(each, where + ": " + name + "[" + arrays.size() + "]"));
    }
    return arrays;
  }

  private static List<String> names(Object given) {
    return given instanceof Map<?, ?> map
        ? map.keySet().stream().map(String::valueOf).toList()
        : List.of();
  }

  private static void checkSize(String where, String name, List<FloatNdArray> arrays, long size) {
    for (int i = 0; i < arrays.size(); i++) {
      String which = arrays.size() == 1 ? name : name + "[" + i + "]";
      long samples = samples(where, which, arrays.get(i));
      if (samples != size) {
        throw Errors.in(where, which + " has another number of samples than x.")
            .expected(size + " samples, as x has")
            .got(samples + " samples, shape " + Errors.shape(FloatArrays.shape(arrays.get(i))))
            .fix("give all arrays the same first dimension")
            .argument();
      }
    }
  }

  private static long samples(String where, String name, FloatNdArray array) {
    if (array.rank() == 0) {
      throw Errors.in(where, name + " has no batch dimension.")
          .expected("shape (batch, ...)")
          .got("shape " + Errors.shape())
          .fix("put the sample into an array of one sample")
          .argument();
    }
    return array.shape().get(0);
  }
}
