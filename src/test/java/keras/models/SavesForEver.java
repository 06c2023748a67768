package keras.models;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import keras.layers.Dense;
import keras.layers.Input;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/** A process that saves a model again and again, until it is killed. See {@link KilledTest}. */
final class SavesForEver {

  private SavesForEver() {}

  static Sequential model() {
    return new Sequential(new Input(Input.shape(150)), new Dense(200), new Dense(20));
  }

  /** All weights are the same number, so that a mixture of two files would show. */
  static void fill(Model model, float number) {
    model.setWeights(
        model.weights().stream().map(weight -> filled(weight.shape().asArray(), number)).toList());
  }

  private static FloatNdArray filled(long[] shape, float number) {
    int size = 1;
    for (long dimension : shape) {
      size *= (int) dimension;
    }
    float[] values = new float[size];
    java.util.Arrays.fill(values, number);
    return FloatArrays.wrap(values, shape);
  }

  /**
   * Saves.
   *
   * @param args where to
   */
  public static void main(String[] args) {
    List<Path> paths = Stream.of(args).map(Path::of).toList();
    try (Sequential model = model()) {
      for (int number = 1; ; number++) {
        fill(model, number);
        model.save(paths.get(0));
        model.saveWeights(paths.get(1));
        model.save(paths.get(2));
        model.export(paths.get(3), o -> o.format("onnx"));
        model.export(paths.get(4));
        if (number == 1) {
          System.out.println("saving");
        }
      }
    }
  }
}
