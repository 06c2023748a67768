package keras.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * The behaviour of a loaded model: what it predicts, what three steps of training report, and what
 * it predicts then. {@code testdata/saving.py} has the same in Python.
 */
final class SavedBehaviour {

  static final double TOLERANCE = 1e-5;
  private static final int STEPS = 3;

  private SavedBehaviour() {}

  /** Fails unless the model does as Keras's does. */
  static void check(String name, Model model, Golden saved) {
    assertThat(differences(model, saved))
        .as(name)
        .allSatisfy((key, value) -> assertThat(value).as(key).isLessThan(TOLERANCE));
  }

  /** How far the model is from what Keras's does, by the keys of the file. */
  static Map<String, Double> differences(Model model, Golden saved) {
    Map<String, Double> differences = new LinkedHashMap<>();
    of(model, saved)
        .forEach((key, ours) -> differences.put(key, difference(ours, saved.array(key))));
    return differences;
  }

  static Map<String, FloatNdArray> of(Model model, Golden saved) {
    FloatNdArray x = saved.array("x");
    FloatNdArray y = saved.array("y");
    Map<String, FloatNdArray> done = new LinkedHashMap<>();
    done.put("predict", predicted(model, x));
    List<Float> logs = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      model.resetMetrics();
      model.trainOnBatch(x, y).values().forEach(value -> logs.add(value.floatValue()));
    }
    float[] steps = new float[logs.size()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = logs.get(i);
    }
    done.put("steps", FloatArrays.wrap(steps, STEPS, steps.length / STEPS));
    done.put("after", predicted(model, x));
    return done;
  }

  private static FloatNdArray predicted(Model model, FloatNdArray x) {
    model.resetStates();
    FloatNdArray y = FloatArrays.of(model.predictOnBatch(x), "predicted");
    model.resetStates();
    return y;
  }

  /** The largest one, relative to Keras's value, or to a tenth of the largest value. */
  private static double difference(FloatNdArray ours, FloatNdArray theirs) {
    assertThat(ours.shape()).isEqualTo(theirs.shape());
    float[] a = FloatArrays.values(ours);
    float[] b = FloatArrays.values(theirs);
    double largest = 0;
    for (float value : b) {
      largest = Math.max(largest, Math.abs(value));
    }
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      double scale = Math.max(Math.max(Math.abs(b[i]), largest / 10), 1e-30);
      double difference = Math.abs(a[i] - b[i]) / scale;
      most = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(most, difference);
    }
    return most;
  }
}
