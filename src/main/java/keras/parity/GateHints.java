package keras.parity;

import java.util.ArrayList;
import java.util.List;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/** Sees whether a recurrent layer's weights are Keras's with the gates in another order. */
final class GateHints {

  private static final List<String> LSTM = List.of("i", "f", "c", "o");
  private static final List<String> GRU = List.of("z", "r", "h");

  private GateHints() {}

  /**
   * Returns the likely order of the gates.
   *
   * @param className the class of the layer
   * @param keras Keras's weight, the gates side by side along its last axis
   * @param java Java's, of the same shape
   * @param closeness says what is the same
   * @return a hint, or null if the weights differ in another way
   */
  static String of(String className, FloatNdArray keras, FloatNdArray java, Closeness closeness) {
    List<String> gates =
        switch (className) {
          case "LSTM" -> LSTM;
          case "GRU" -> GRU;
          default -> List.of();
        };
    long width = keras.rank() == 0 ? 1 : keras.shape().get(keras.rank() - 1);
    if (gates.isEmpty() || width % gates.size() != 0) {
      return null;
    }
    List<String> order = new ArrayList<>();
    for (int place = 0; place < gates.size(); place++) {
      order.add(gateAt(place, gates, keras, java, closeness));
    }
    boolean swapped = order.containsAll(gates) && !order.equals(gates);
    return swapped
        ? "the gates of this weight are in the order "
            + String.join(", ", order)
            + "; Keras's order is "
            + String.join(", ", gates)
        : null;
  }

  private static String gateAt(
      int place, List<String> gates, FloatNdArray keras, FloatNdArray java, Closeness closeness) {
    for (int gate = 0; gate < gates.size(); gate++) {
      if (equal(keras, gate, java, place, gates.size(), closeness)) {
        return gates.get(gate);
      }
    }
    return "?";
  }

  private static boolean equal(
      FloatNdArray keras, int gate, FloatNdArray java, int place, int gates, Closeness closeness) {
    float[] theirs = FloatArrays.values(keras);
    float[] ours = FloatArrays.values(java);
    int width = (int) keras.shape().get(keras.rank() - 1);
    int units = width / gates;
    double scale = Closeness.scale(theirs);
    for (int row = 0; row < theirs.length; row += width) {
      for (int unit = 0; unit < units; unit++) {
        if (!closeness.close(
            theirs[row + gate * units + unit], ours[row + place * units + unit], scale)) {
          return false;
        }
      }
    }
    return true;
  }
}
