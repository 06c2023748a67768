package keras.saving;

import java.nio.file.Path;
import java.util.function.Consumer;
import keras.models.LoadModelOptions;
import keras.models.Model;
import keras.models.Models;

/** The functions of Keras's module {@code keras.saving}. */
public final class Saving {

  private Saving() {}

  /**
   * A model from a file. Keras: {@code keras.saving.load_model(path)}. The same as {@link
   * Models#loadModel(Path)}.
   *
   * @param path a file that ends with {@code .keras}, {@code .h5} or {@code .hdf5}
   * @return a new model, to be closed
   * @throws IllegalArgumentException if the file is not whole, or has what keras-java lacks
   */
  public static Model loadModel(Path path) {
    return Models.loadModel(path);
  }

  /**
   * Returns a model from a file, with layers or functions of the caller's, or without being
   * compiled. The same as {@link Models#loadModel(Path, Consumer)}.
   *
   * @param path a file that ends with {@code .keras}, {@code .h5} or {@code .hdf5}
   * @param options sets the arguments
   * @return a new model, to be closed
   * @throws IllegalArgumentException if the file is not whole, or has what keras-java lacks
   */
  public static Model loadModel(Path path, Consumer<LoadModelOptions> options) {
    return Models.loadModel(path, options);
  }
}
