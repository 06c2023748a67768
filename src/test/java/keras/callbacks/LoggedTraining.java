package keras.callbacks;

import java.nio.file.Path;
import keras.models.Model;
import keras.models.Models;

/** The training of {@code testdata/board.py}, logged to a folder for TensorBoard. */
public final class LoggedTraining {

  private LoggedTraining() {}

  /** Trains the model in the folder that the first word names. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    float[][][] x = new float[20][5][3];
    float[][] y = new float[20][1];
    for (int i = 0; i < 20 * 5 * 3; i++) {
      x[i / 15][i / 3 % 5][i % 3] = (float) Math.sin(i);
    }
    for (int i = 0; i < y.length; i++) {
      y[i][0] = (float) Math.cos(i);
    }
    try (Model model = Models.loadModel(folder.resolve("model.keras"))) {
      TensorBoard board = new TensorBoard(folder.resolve("java")).histogramFreq(1).updateFreq(2);
      model.fit(
          x,
          y,
          f ->
              f.epochs(3)
                  .validationSplit(0.3)
                  .shuffle(false)
                  .batchSize(4)
                  .verbose(0)
                  .callbacks(board));
    }
  }
}
