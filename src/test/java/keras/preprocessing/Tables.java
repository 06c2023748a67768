package keras.preprocessing;

import keras.testing.Golden;

/** Tables of golden files in double precision. */
final class Tables {

  private Tables() {}

  static double[][] of(Golden golden, String key) {
    long[] shape = golden.shape(key);
    double[] values = golden.doubles(key);
    double[][] table = new double[(int) shape[0]][(int) shape[1]];
    for (int i = 0; i < values.length; i++) {
      table[i / (int) shape[1]][i % (int) shape[1]] = values[i];
    }
    return table;
  }
}
