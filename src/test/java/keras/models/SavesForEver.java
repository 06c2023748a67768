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
   * Saves in all formats once, and in one of them until it is killed.
   *
   * @param args the number of that format, then where to save
   */
  public static void main(String[] args) {
    int again = Integer.parseInt(args[0]);
    List<Path> paths = Stream.of(args).skip(1).map(Path::of).toList();
    try (Sequential model = model()) {
      fill(model, 1);
      for (int format = 0; format < paths.size(); format++) {
        save(model, format, paths.get(format));
      }
      System.out.println("saving");
      for (int number = 2; ; number++) {
        fill(model, number);
        save(model, again, paths.get(again));
      }
    }
  }

  private static void save(Model model, int format, Path path) {
    switch (format) {
      case 0, 2 -> model.save(path);
      case 1 -> model.saveWeights(path);
      case 3 -> model.export(path, o -> o.format("onnx"));
      default -> model.export(path);
    }
  }
}
