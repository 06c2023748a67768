package keras.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Base of the metrics that tell how much regions overlap: what two have in common, over what either
 * has. Every element has a class of its own. Statistics: how often each class was taken for each.
 *
 * <p>Porting note: as in Keras 3.15.1, these count in whole numbers, so that of a weight the part
 * after the point does not count; they take no notice of a mask.
 *
 * @param <S> the metric itself
 */
abstract class Regions<S extends Regions<S>> extends KerasMetric<S> {

  private static final double EPSILON = 1e-7;

  /** The matrix of confusion has the square of their number, in an array. */
  private static final int MOST_CLASSES = 46_340;

  private final int numClasses;
  private final int[] targetClassIds;
  private Integer ignoreClass;
  private boolean sparseYTrue = true;
  private boolean sparseYPred = true;

  Regions(String name, int numClasses, int... targetClassIds) {
    super(name);
    if (numClasses < 1 || numClasses > MOST_CLASSES) {
      throw Errors.in("Metric \"" + name + "\"", "it cannot count so many classes.")
          .expected("1 to " + MOST_CLASSES)
          .got(numClasses)
          .fix("give the number of classes")
          .argument();
    }
    this.numClasses = numClasses;
    Checks.notNull(getClass().getSimpleName(), "targetClassIds", targetClassIds);
    this.targetClassIds = targetClassIds.clone();
    for (int id : targetClassIds) {
      if (id < 0 || id >= numClasses) {
        throw Errors.in("Metric \"" + name + "\"", "there is no class " + id + ".")
            .expected("class numbers from 0 to " + (numClasses - 1))
            .got(Arrays.toString(targetClassIds))
            .fix("count the classes from 0")
            .argument();
      }
    }
  }

  /** Returns the numbers of all classes. */
  static int[] all(int numClasses) {
    return IntStream.range(0, Math.min(numClasses, MOST_CLASSES + 1)).toArray();
  }

  final S setIgnoreClass(Integer value) {
    ignoreClass = value;
    return self();
  }

  final S setSparseYTrue(boolean value) {
    sparseYTrue = value;
    return self();
  }

  final S setSparseYPred(boolean value) {
    sparseYPred = value;
    return self();
  }

  @Override
  public final Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  @Override
  public final int size() {
    return numClasses * numClasses;
  }

  @Override
  boolean fits(Shape yTrue, Shape yPred) {
    return super.fits(withoutClasses(yTrue, sparseYTrue), withoutClasses(yPred, sparseYPred));
  }

  private Shape withoutClasses(Shape shape, boolean sparse) {
    if (sparse) {
      return shape;
    }
    Checks.rank(where(), "a vector for each class", shape.numDimensions());
    return shape.take(shape.numDimensions() - 1);
  }

  /** Returns class numbers of predictions. */
  Operand<TInt32> predicted(Ops tf, Operand<TFloat32> yPred) {
    return classes(tf, yPred, sparseYPred);
  }

  @Override
  final Operand<TFloat32> sums(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    Operand<TInt32> truth = flat(tf, classes(tf, yTrue, sparseYTrue));
    Operand<TInt32> predicted = flat(tf, predicted(tf, yPred));
    Operand<TBool> counts = tf.math.logicalAnd(exists(tf, truth), exists(tf, predicted));
    if (ignoreClass != null) {
      counts = tf.math.logicalAnd(counts, tf.math.notEqual(truth, tf.constant(ignoreClass)));
    }
    Operand<TFloat32> weights = tf.dtypes.cast(counts, TFloat32.class);
    if (sampleWeight != null) {
      Shape given = sampleWeight.shape();
      Average.checkSpreads(
          given.numDimensions() == 1 ? given : Shape.of(given.size()), truth.shape());
      Operand<TFloat32> whole =
          tf.dtypes.cast(tf.dtypes.cast(sampleWeight, TInt32.class), TFloat32.class);
      weights = tf.math.mul(weights, flat(tf, whole));
    }
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> place =
        tf.math.add(
            tf.math.mul(tf.select(counts, truth, zero), tf.constant(numClasses)),
            tf.select(counts, predicted, zero));
    return tf.math.unsortedSegmentSum(weights, place, tf.constant(size()));
  }

  private static Operand<TInt32> classes(Ops tf, Operand<TFloat32> x, boolean sparse) {
    return sparse
        ? tf.dtypes.cast(x, TInt32.class)
        : tf.math.argMax(x, tf.constant(-1), TInt32.class);
  }

  private Operand<TBool> exists(Ops tf, Operand<TInt32> classes) {
    return tf.math.logicalAnd(
        tf.math.greaterEqual(classes, tf.constant(0)),
        tf.math.less(classes, tf.constant(numClasses)));
  }

  private static <T extends TNumber> Operand<T> flat(Ops tf, Operand<T> x) {
    return tf.reshape(x, tf.constant(new int[] {-1}));
  }

  /** The mean over the classes that were seen. */
  @Override
  final double value(double[] statistics) {
    double sum = 0;
    double seen = 0;
    for (int id : targetClassIds) {
      double both = statistics[id * numClasses + id];
      double either = -both;
      for (int i = 0; i < numClasses; i++) {
        either += statistics[id * numClasses + i] + statistics[i * numClasses + id];
      }
      if (either > 0) {
        sum += both / (either + EPSILON);
        seen++;
      }
    }
    return sum / (seen + EPSILON);
  }

  /** With the arguments of a configuration that all of these metrics have. */
  final S regionsFrom(Config config) {
    config.text("name", this::name);
    Object dtype = config.value("dtype");
    if (dtype != null && !String.valueOf(dtype).startsWith("int")) {
      throw config.wrong("dtype", "\"int64\", as these count in whole numbers");
    }
    config.only("axis", -1);
    if (config.given("ignore_class")) {
      setIgnoreClass(config.integer("ignore_class"));
    }
    config.bool("sparse_y_true", this::setSparseYTrue);
    config.bool("sparse_y_pred", this::setSparseYPred);
    return self();
  }

  @Override
  public Map<String, Object> getConfig() {
    return config(
        "name",
        "dtype",
        "num_classes",
        "target_class_ids",
        "ignore_class",
        "sparse_y_true",
        "sparse_y_pred",
        "axis");
  }

  /** The arguments that a class has, in Keras's order. */
  final Map<String, Object> config(String... keys) {
    Map<String, Object> all = new HashMap<>();
    all.put("name", name());
    all.put("dtype", "int64");
    all.put("num_classes", numClasses);
    all.put("target_class_ids", Arrays.stream(targetClassIds).boxed().toList());
    all.put("ignore_class", ignoreClass);
    all.put("sparse_y_true", sparseYTrue);
    all.put("sparse_y_pred", sparseYPred);
    all.put("axis", -1);
    Map<String, Object> config = new LinkedHashMap<>();
    for (String key : keys) {
      config.put(key, all.get(key));
    }
    return config;
  }
}
